import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { scratch } from '../support/project';

const bench = (...args: string[]) => run('index.mjs', ...args);
const run = (script: string, ...args: string[]) => execFileSync(process.execPath, [path.join(__dirname, script), '--rounds', '1', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test('the benchmark runs: every app is built, every peer answers, and tables, results and a plot come out', () => {
  const folder = scratch();
  const [out, plot] = ['results.json', 'plot.svg'].map((file) => path.join(folder, file));
  const output = bench('--apps', 'light,modules', '--memory', '512,1769', '--routers', '1', '--out', out, '--plot', plot);
  for (const peer of ['NodejsFunction, its defaults', 'Express in front of all', 'one function per router']) expect(output).toMatch(new RegExp(`\\| ${peer}[^|]*\\| \\d+\\.\\d\\d \\(`));
  const results = JSON.parse(fs.readFileSync(out, 'utf8')) as Array<{ app: string; peers: string[]; cells: Record<string, Record<string, { sum: number[][] }>> }>;
  expect(results.map(({ app }) => app)).toEqual(['light', 'modules']);
  for (const { peers, cells } of results) {
    expect(peers).toHaveLength(9);
    for (const cell of Object.values(cells)) for (const peer of peers) expect(cell[peer].sum[0][0]).toBeGreaterThan(0);
  }
  expect(fs.readFileSync(plot, 'utf8').match(/<polyline /g)).toHaveLength(9);
});

test('the thirty routers and their copies are built and answer, by Nitro too', () => {
  expect(bench('--apps', 'clinic,clinic100', '--memory', '1769', '--routers', '2', '--peers', 'lazy,floor,nitro')).toContain('100 routers');
});

test('apps of server frameworks answer through adapters, too', () => {
  const args = ['--memory', '1769', '--of', 'listenerPart'];
  const output = bench(...args, '--apps', 'express', '--peers', 'lazy,listenerPart,listenerRehearsed,serverlessHttp,serverlessExpress')
    + bench(...args, '--apps', 'fastify', '--peers', 'lazy,listenerPart,serverlessHttp,fastifyLambda');
  for (const adapter of ['serverless-http', '@codegenie/serverless-express', '@fastify/aws-lambda']) expect(output).toMatch(new RegExp(`\\| ${adapter}[^|]*\\| -?\\d+\\.\\d\\d \\(`));
});

test('the profile by phase runs', () => {
  const [, , lazy, floor] = run('phases.mjs', '--memory', '1769', '--routers', '2').split('\n');
  expect(lazy).toMatch(/^\| 1769 MB \| this library \|( -?\d+\.\d \|){7}$/);
  expect(floor).toMatch(/^\| 1769 MB \| one function per router \| \d+\.\d \|  \|( -?\d+\.\d \|){5}$/);
  const sum = lazy.split('|').slice(3, -2).reduce((total, cell) => total + Number(cell), 0);
  expect(Math.abs(sum - Number(lazy.split('|').at(-2)))).toBeLessThan(5);
});
