import { spawnSync } from 'child_process';
import * as path from 'path';
import { read } from './support/docs';
import { EXAMPLES } from './support/examples';
import { scratch } from './support/project';
import { ACKNOWLEDGEMENTS } from '../examples/regulated-api/acknowledgements';

/** Runs the example's own check. A statement before it can make the check fail. */
function nag(before = ''): { readonly status: number | null; readonly stdout: string } {
  const script = `${before}; require(${JSON.stringify(path.join(EXAMPLES, 'regulated-api/nag.ts'))});`;
  return spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', script], {
    cwd: path.join(EXAMPLES, 'regulated-api'),
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: path.join(scratch(), 'cdk.out'), TS_NODE_PROJECT: path.join(EXAMPLES, 'tsconfig.json') },
  });
}

test('the regulated API passes AwsSolutions, HIPAA.Security, NIST.800-53.R5, and PCI.DSS.321', () => {
  const { status, stdout } = nag();
  expect([status, stdout.trim().split('\n').pop()]).toEqual([0, 'AwsSolutions, HIPAA.Security, NIST.800.53.R5 and PCI.DSS.321 find nothing.']);
});

test('without acknowledgements, the findings are exactly those that the acknowledgements name', () => {
  const { status, stdout } = nag('require("./acknowledgements").ACKNOWLEDGEMENTS.length = 0');
  expect(status).toBe(1);
  const found = new Set(stdout.split('\n').flatMap((line) => /^((?:AwsSolutions|HIPAA\.Security|NIST\.800\.53\.R5|PCI\.DSS\.321)-\S+) /.exec(line)?.[1] ?? []));
  expect([...found].sort()).toEqual(ACKNOWLEDGEMENTS.flatMap(({ rule, packs }) => packs.map((pack) => `${pack}-${rule}`)).sort());
});

test('the security guide lists every acknowledgement with its reason', () => {
  const guide = read('docs/security.md');
  for (const { rule, packs, reason } of ACKNOWLEDGEMENTS) expect(guide).toContain(`| \`${rule}\` | ${packs.join(', ')} | ${reason} |`);
});
