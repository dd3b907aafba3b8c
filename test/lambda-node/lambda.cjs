const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { nodeCommand } = require('../../lib/local/node/node-command');

const RIC = join(__dirname, 'node_modules/aws-lambda-ric');

/** Lambda's runtime client, without its native part, and with it if scripts/build-native-client.mjs could build it. */
exports.runtimeClients = [...existsSync(join(RIC, 'rapid-client.node')) ? ['native client'] : [], 'stand-in'];

if (process.env.LAZY_API_REQUIRE_NATIVE_CLIENT && exports.runtimeClients.length < 2) {
  throw new Error('the runtime client has no native part: run "node scripts/build-native-client.mjs", which says why');
}

/** How a function starts: as local commands start it, or with the native client. */
exports.lambdaCommand = (node, fn, runtimeClient = exports.runtimeClients[0]) => (
  runtimeClient === 'stand-in' ? nodeCommand(node, fn) : { ...nodeCommand(node, fn, [join(RIC, 'index.mjs')]), environment: {} }
);
