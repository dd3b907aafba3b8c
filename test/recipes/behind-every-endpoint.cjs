// Loaded before a recipe's app. Puts its function behind each kind of endpoint, for the architecture of this machine, and prints the assets.
const { Architecture } = require('aws-cdk-lib/aws-lambda');
const library = require('cdk-lazy-api');

const { ApiEndpoint, LazyApiFunction, Verify } = library;
const architecture = process.arch === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64;
const ENDPOINTS = {
  'an HTTP API': {},
  'a REST API': { endpoint: ApiEndpoint.rest(), verify: Verify.off() },
  'a REST API that streams': { endpoint: ApiEndpoint.rest({ streaming: true }), verify: Verify.off() },
  'a function URL': { endpoint: ApiEndpoint.functionUrl(), verify: Verify.off() },
};

class BehindEveryEndpoint {
  constructor(scope, id, props) {
    const assets = Object.entries(ENDPOINTS).map(([name, own], index) => [name, new LazyApiFunction(scope, id + index, { ...props, architecture, ...own }).assetPath]);
    console.log(JSON.stringify(Object.fromEntries(assets)));
  }
}

require.cache[require.resolve('cdk-lazy-api')].exports = { ...library, LazyApiFunction: BehindEveryEndpoint };
