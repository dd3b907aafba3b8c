import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { scratch } from './project';
import { directoryWith } from './python-tools';

export const EXAMPLES = path.join(__dirname, '../../examples');

/** The folders that contain an app. */
export const examples = fs.readdirSync(EXAMPLES).filter((name) => fs.existsSync(path.join(EXAMPLES, name, 'app.ts')));

/** The output of an example's app. It runs as its README describes, but without the CLI. */
export interface SynthesisedExample {
  readonly outdir: string;
  /** The templates by stack. */
  readonly templates: { readonly [stack: string]: { readonly Resources: { readonly [id: string]: Resource } } };
  readonly status: number | null;
  readonly stderr: string;
}

export interface Resource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- CloudFormation's properties are of any shape
  readonly Properties: { readonly [name: string]: any };
}

/** Routers in Python need uv, which reads their lock file. */
function pathFor(name: string): { readonly PATH?: string } {
  if (!fs.existsSync(path.join(EXAMPLES, name, 'backend', 'uv.lock'))) return {};
  return { PATH: [directoryWith('uv'), process.env.PATH].join(path.delimiter) };
}

const synthesised = new Map<string, SynthesisedExample>();

export function synthesise(name: string): SynthesisedExample {
  const known = synthesised.get(name);
  if (known) return known;
  const outdir = path.join(scratch(), 'cdk.out');
  const { status, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join(EXAMPLES, name, 'app.ts')], {
    cwd: path.join(EXAMPLES, name),
    encoding: 'utf8',
    env: { ...process.env, ...pathFor(name), CDK_OUTDIR: outdir, TS_NODE_PROJECT: path.join(EXAMPLES, 'tsconfig.json') },
  });
  const files = fs.existsSync(outdir) ? fs.readdirSync(outdir).filter((file) => file.endsWith('.template.json')) : [];
  const templates = Object.fromEntries(files.map((file) => [file.replace('.template.json', ''), JSON.parse(fs.readFileSync(path.join(outdir, file), 'utf8'))]));
  const result = { outdir, templates, status, stderr };
  synthesised.set(name, result);
  return result;
}
