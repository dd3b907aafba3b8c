import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Runs app.ts as `cdk synth` does, and finds the function's asset in the cloud assembly. */
export function synthesise(example) {
  const outdir = join(example, 'cdk.out');
  rmSync(outdir, { recursive: true, force: true });
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-r', 'ts-node/register/transpile-only', join(example, 'app.ts')],
    { cwd: example, encoding: 'utf8', env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false', TS_NODE_PROJECT: join(example, '..', 'tsconfig.json') } },
  );
  if (status !== 0) throw new Error(stderr);

  const template = JSON.parse(readFileSync(join(outdir, 'ClinicApi.template.json'), 'utf8'));
  const [fn] = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const asset = join(outdir, `asset.${fn.Properties.Code.S3Key.replace('.zip', '')}`);
  return { asset, manifest: JSON.parse(readFileSync(join(asset, 'manifest.json'), 'utf8')), seconds: (performance.now() - start) / 1000 };
}
