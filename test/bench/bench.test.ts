import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { scratch } from '../support/project';

const bench = (...args: string[]) => run('index.mjs', ...args);
const run = (script: string, ...args: string[]) => execFileSync(process.execPath, [path.join(__dirname, script), '--rounds', '1', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test('the benchmark builds every app, every peer responds, and it prints tables, results, and a plot', () => {
  const folder = scratch();
  const [out, plot] = ['results.json', 'plot.svg'].map((file) => path.join(folder, file));
  const output = bench('--apps', 'light,small', '--memory', '512,1769', '--routers', '1', '--out', out, '--plot', plot);
  for (const peer of ['NodejsFunction, its defaults', 'Express in front of all', 'one function per router']) expect(output).toMatch(new RegExp(`\\| ${peer}[^|]*\\| -?\\d+\\.\\d\\d \\(`));
  expect(output).toMatch(/^\| light \| 1 (\| -?\d+\.\d\d \(-?\d+\.\d\d--?\d+\.\d\d\) \w+ (\*\*missed\*\* )?){2}\|$/m);
  const results = JSON.parse(fs.readFileSync(out, 'utf8')) as Array<{ app: string; peers: string[]; cells: Record<string, Record<string, { sum: number[][] }>> }>;
  expect(results.map(({ app }) => app)).toEqual(['light', 'small']);
  for (const { peers, cells } of results) {
    expect(peers).toHaveLength(9);
    for (const cell of Object.values(cells)) for (const peer of peers) expect(cell[peer].sum[0][0]).toBeGreaterThan(0);
  }
  expect(fs.readFileSync(plot, 'utf8').match(/<polyline /g)).toHaveLength(9);
});

test('apps with an ORM and with native packages are built and respond, and Hono in front of all routers cannot serve Express apps', () => {
  const output = bench('--apps', 'shared,native', '--memory', '1769', '--routers', '5', '--peers', 'lazy,nodejsFunction,express,hono');
  expect(output).toContain('| this library against the best | samples | 1769 MB |');
  expect(output.match(/\| Hono in front of all, one minified ESM file \| -?\d+\.\d\d \(/g)).toHaveLength(2);
});

describe('the table of targets', () => {
  const table = (...times: Array<Record<string, number[]>>) => {
    const results = times.map((of, i) => ({ app: `app${i}`, samples: 4, memories: [512], peers: Object.keys(of), empty: { 512: [[50, 50, 50, 50]] }, cells: { 512: Object.fromEntries(Object.entries(of).map(([peer, sum]) => [peer, { sum: [sum] }])) } }));
    const script = `import { targetTable } from ${JSON.stringify(path.join(__dirname, 'report/targets.mjs'))}; console.log(targetTable(${JSON.stringify(results)}));`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).split('\n').slice(2);
  };

  test('compares with the fastest peer that is one function', () => {
    const [row] = table({ lazy: [100, 100, 100, 100], nodejsFunction: [250, 250, 250, 250], monolithEsm: [150, 150, 150, 150], floor: [80, 80, 80, 80] });
    expect(row).toBe('| app0 | 4 | 0.50 (0.50-0.50) monolithEsm |');
  });

  test('reports a missed target for a ratio above 1.05, and for a ratio that is certainly above 1', () => {
    const rows = table(
      { lazy: [150, 151, 90, 160], everything: [140, 141, 142, 143] },
      { lazy: [153, 153, 153, 153], everything: [150, 150, 150, 150] },
      { lazy: [140, 152, 155, 150], everything: [150, 150, 150, 150] },
    );
    expect(rows.map((row) => row.includes('**missed**'))).toEqual([true, true, false, false]);
  });

  test('has an empty cell if no other peer is measured', () => expect(table({ lazy: [100, 100, 100, 100], floor: [80, 80, 80, 80] })[0]).toBe('| app0 | 4 |  |'));
});

test('the thirty routers and their copies are built and respond, with Nitro, too', () => {
  expect(bench('--apps', 'clinic,clinic100', '--memory', '1769', '--routers', '2', '--peers', 'lazy,floor,nitro')).toContain('100 routers');
});

test('apps of server frameworks respond through adapters, too', () => {
  const args = ['--memory', '1769', '--of', 'listenerPart'];
  const output = bench(...args, '--apps', 'express', '--peers', 'lazy,listenerPart,listenerRehearsed,serverlessHttp,serverlessExpress')
    + bench(...args, '--apps', 'fastify', '--peers', 'lazy,listenerPart,serverlessHttp,fastifyLambda');
  for (const adapter of ['serverless-http', '@codegenie/serverless-express', '@fastify/aws-lambda']) expect(output).toMatch(new RegExp(`\\| ${adapter}[^|]*\\| -?\\d+\\.\\d\\d \\(`));
});

test('the phase profile runs', () => {
  const [, , lazy, floor] = run('phases.mjs', '--memory', '1769', '--routers', '2').split('\n');
  expect(lazy).toMatch(/^\| 1769 MB \| this library \|( -?\d+\.\d \|){7}$/);
  expect(floor).toMatch(/^\| 1769 MB \| one function per router \| -?\d+\.\d \|  \|( -?\d+\.\d \|){5}$/);
  const sum = lazy.split('|').slice(3, -2).reduce((total, cell) => total + Number(cell), 0);
  expect(Math.abs(sum - Number(lazy.split('|').at(-2)))).toBeLessThan(5);
});
