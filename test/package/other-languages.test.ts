import { ChildProcess, execFileSync, spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { createInterface } from 'readline';
import { pack, packLibrary } from '../support/packed';
import { handlerSource, listFiles, scratch, writeFiles } from '../support/project';

/**
 * The jsii kernel, which the bindings for Python, Java, .NET, and Go drive with JSON lines on standard input and output. It unpacks only the
 * tarball of each package. Optional dependencies are missing, so esbuild is the WebAssembly build inside our package.
 *
 * https://aws.github.io/jsii/specification/3-kernel-api/
 */
class Kernel {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;

  constructor(runtime: string, cwd: string) {
    this.child = spawn(process.execPath, [runtime], { cwd, stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env.PATH, HOME: cwd, CDK_VALIDATION: 'false', JSII_RUNTIME_PACKAGE_CACHE: 'disabled' } });
    this.answers = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  public async hello(): Promise<string> {
    return (JSON.parse((await this.answers.next()).value as string) as { hello: string }).hello;
  }

  public async send<T = { readonly '$jsii.byref': string }>(request: object): Promise<T> {
    this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { ok, error } = JSON.parse((await this.answers.next()).value as string) as { ok: T; error?: string };
    if (error !== undefined) throw new Error(error);
    return ok;
  }

  /** Ends the kernel as a binding does when its own process ends. Returns the exit code of the kernel. */
  public async end(): Promise<number> {
    const exited = new Promise<number>((resolve) => { this.child.once('close', resolve); });
    this.child.stdin!.end('{"exit":0}\n');
    return exited;
  }
}

const LIBRARIES = ['constructs', '@aws-cdk/asset-awscli-v1', '@aws-cdk/asset-node-proxy-agent-v6', '@aws-cdk/cloud-assembly-schema', 'aws-cdk-lib'];

/** The version that is installed here. */
function versionOf(name: string): string {
  const manifest = path.join(__dirname, '../../node_modules', name, 'package.json');
  const nested = path.join(__dirname, '../../node_modules/aws-cdk-lib/node_modules', name, 'package.json');
  return (JSON.parse(fs.readFileSync(fs.existsSync(nested) ? nested : manifest, 'utf8')) as { version: string }).version;
}

test('an app in another language synthesizes with only the tarballs from npm', async () => {
  const folder = scratch();
  execFileSync('tar', ['xzf', pack('@jsii/runtime@1.140.0'), '-C', folder]);
  writeFiles(folder, { 'app/src/routers/users.ts': handlerSource('users'), 'app/src/routers/orders.ts': 'export default { fetch: () => new Response("orders") };' });

  const kernel = new Kernel(path.join(folder, 'package/webpack/bin/jsii-runtime.js'), path.join(folder, 'app'));
  try {
    expect(await kernel.hello()).toMatch(/^@jsii\/runtime@/);
    for (const name of LIBRARIES) {
      const version = versionOf(name);
      await kernel.send({ api: 'load', name, version, tarball: pack(`${name}@${version}`) });
    }
    await kernel.send({ api: 'load', name: 'cdk-lazy-api', version: '0.0.0', tarball: packLibrary() });

    const app = await kernel.send({ api: 'create', fqn: 'aws-cdk-lib.App', args: [{ '$jsii.struct': { fqn: 'aws-cdk-lib.AppProps', data: { outdir: path.join(folder, 'cdk.out') } } }] });
    const stack = await kernel.send({ api: 'create', fqn: 'aws-cdk-lib.Stack', args: [app, 'MyApi'] });
    const { result: routers } = await kernel.send<{ result: object }>({
      api: 'sinvoke', fqn: 'cdk-lazy-api.Routers', method: 'fromDirectory',
      args: ['src/routers', { '$jsii.struct': { fqn: 'cdk-lazy-api.RoutersFromDirectoryOptions', data: { basePath: '/api' } } }],
    });
    const api = await kernel.send({
      api: 'create', fqn: 'cdk-lazy-api.LazyApiFunction',
      args: [stack, 'Api', { '$jsii.struct': { fqn: 'cdk-lazy-api.LazyApiFunctionProps', data: { routers } } }],
    });
    const { value: manifest } = await kernel.send<{ value: { '$jsii.struct'?: { data: { routers: unknown[] } } } }>({ api: 'get', objref: api, property: 'manifest' });
    expect(manifest).toBeDefined();
    await kernel.send({ api: 'invoke', objref: app, method: 'synth', args: [] });
  } finally {
    expect(await kernel.end()).toBe(0);
  }

  const [asset] = fs.readdirSync(path.join(folder, 'cdk.out')).filter((name) => name.startsWith('asset.'));
  expect(listFiles(path.join(folder, 'cdk.out', asset))).toEqual(['fetch.mjs', 'index.mjs', 'listener.mjs', 'main.mjs', 'manifest.json', 'recovery.mjs', 'routers/orders.mjs', 'routers/users.mjs']);
  const script = 'const { handler } = await import(process.argv[1]); console.log((await handler({ version: "2.0", routeKey: "ANY /api/users", rawPath: "/api/users", rawQueryString: "", headers: {}, requestContext: { http: { method: "GET" }, stage: "$default" } }, {})).body);';
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', script, path.join(folder, 'cdk.out', asset, 'index.mjs')], { encoding: 'utf8' })).toMatch(/^\{.*"GET \/api\/users 200".*\}\nusers\n$/);
}, 300_000);
