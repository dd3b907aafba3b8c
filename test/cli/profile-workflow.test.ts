import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { BIN, NODE } from './support';
import { LARGE_PACKAGE, SHOP, synthesize } from '../local/profile/support';
import { scratch, writeFiles } from '../support/project';

interface Step {
  readonly 'uses'?: string;
  readonly 'run'?: string;
  readonly 'if'?: string;
  readonly 'working-directory'?: string;
  readonly 'with'?: Readonly<Record<string, unknown>>;
}

const ROOT = path.join(__dirname, '../..');
const workflow = parse(fs.readFileSync(path.join(ROOT, 'docs/github-actions/cold-starts.yml'), 'utf8')) as {
  readonly on: string; readonly permissions: object; readonly jobs: { readonly profile: { readonly permissions: object; readonly steps: Step[] } };
};
const { steps, permissions } = workflow.jobs.profile;

/** Stand-ins for the tools of the runner. npm and cdk do nothing, because the assemblies exist. gh prints the comment. */
const TOOLS = {
  npm: '#!/bin/sh\n',
  npx: `#!/bin/sh\n[ "$1" = lazy-api ] || exit 0\nshift\nexec "${process.execPath}" "${BIN}" "$@"\n`,
  gh: '#!/bin/sh\necho "$@"\nfor file; do :; done\ncat "$file"\n',
};

/** Runs the steps as GitHub does, with these assemblies. Returns the output, which includes the comment, and the steps that failed. */
function runWorkflow(base: string, head: string): { readonly output: string; readonly failed: Step[] } {
  const workspace = scratch();
  const tools = path.join(workspace, 'tools');
  writeFiles(tools, TOOLS);
  for (const tool of Object.keys(TOOLS)) fs.chmodSync(path.join(tools, tool), 0o755);
  for (const [name, assembly] of Object.entries({ base, head })) {
    fs.mkdirSync(path.join(workspace, name));
    fs.symlinkSync(assembly, path.join(workspace, name, 'cdk.out'));
  }
  // On the runner, node is the version that Lambda runs.
  fs.symlinkSync(NODE, path.join(tools, 'node'));
  const env = { ...process.env, PATH: `${tools}${path.delimiter}${process.env.PATH}`, CI: 'true', NUMBER: '7', REPOSITORY: 'me/shop' };
  const ran = steps.filter(({ run }) => run !== undefined).map((step) => ({
    step, ...spawnSync('bash', ['-e', '-c', step.run!], { cwd: path.join(workspace, step['working-directory'] ?? '.'), env, encoding: 'utf8' }),
  }));
  return { output: ran.map(({ stdout, stderr }) => stdout + stderr).join(''), failed: ran.filter(({ status }) => status !== 0).map(({ step }) => step) };
}

test('the workflow can only read code and write comments, and leaves no token on disk', () => {
  expect(workflow).toMatchObject({ on: 'pull_request', permissions: { contents: 'read' } });
  expect(permissions).toEqual({ 'contents': 'read', 'pull-requests': 'write' });
  const actions = steps.flatMap(({ uses }) => uses ?? []);
  expect(actions.filter((uses) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  expect(steps.filter((step) => step.uses?.includes('checkout')).map((step) => step.with?.['persist-credentials'])).toEqual([false, false]);
  expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  expect(steps.at(-1)!.if).toContain('!cancelled()');
});

test('a pull request that changes nothing passes, with a comment', () => {
  const { output, failed } = runWorkflow(synthesize().directory, synthesize().directory);
  expect(failed).toEqual([]);
  expect(output).toContain('pr comment 7 --repo me/shop --edit-last --create-if-none --body-file comment.md\n### ✅ Cold starts of `Shop/Api`\n\nNo counter has grown by more than 5 %.');
});

test('a pull request that adds an import of 300 KB fails, and the comment names the import', () => {
  const head = synthesize({ ...SHOP, ...LARGE_PACKAGE, 'src/routers/users.ts': 'import large from "large"; export const handler = async () => ({ statusCode: large.length });' });
  const { output, failed } = runWorkflow(synthesize().directory, head.directory);
  expect(failed.map((step) => step['working-directory'])).toEqual(['head']);
  expect(output).toMatch(/### ❌ Cold starts of `Shop\/Api`\n[^]*added large, 300,\d+ bytes, by src\/routers\/users\.ts/);
});
