import { PLAIN_ENDPOINT } from '../../lib/contract/endpoint';
import { Bundler } from '../../lib/languages/javascript/bundler';
import { BundlingOptions } from '../../lib/languages/javascript/bundling-options';
import { JavaScriptCode } from '../../lib/languages/javascript/javascript-code';
import { Routers } from '../../lib/languages/javascript/routers';
import { Build, BuildOptions, buildRouters } from '../../lib/routers/build';
import { PreloadPolicy } from '../../lib/routers/preload/preload-policy';
import { RouterCode } from '../../lib/routers/router-code';

export function javaScript(routers: Routers, options: BundlingOptions = {}, bundler?: Bundler, architecture = 'arm64'): JavaScriptCode {
  return new JavaScriptCode(routers, options, { runtime: 'nodejs24.x', architecture }, bundler);
}

/** A build without CDK, for an endpoint without special traits. */
export function buildOf(code: RouterCode, options: Partial<BuildOptions> = {}): Build {
  return buildRouters(code, { entry: { traits: PLAIN_ENDPOINT }, preload: PreloadPolicy.nothing(), memoryMb: 1024, ...options });
}
