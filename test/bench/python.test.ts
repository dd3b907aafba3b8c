import { execFileSync } from 'child_process';
import * as path from 'path';

const run = (...args: string[]) => execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

test('the benchmark of Python builds the functions, each responds, and it prints tables and targets', () => {
  const script = path.join(__dirname, 'python', 'index.mjs');
  const output = run(script, '--quick', '--memory', '1769', '--routers', '1', '--variants', 'lazy,monolith,single');
  for (const variant of ['all routers in INIT, Mangum', 'one function per router, Mangum']) expect(output).toMatch(new RegExp(`\\| ${variant} \\| \\d\\.\\d\\d \\(`));
  expect(output).toMatch(/\| monolith \| \d\.\d\d \(\d\.\d\d-\d\.\d\d\), at most 0\.45: /);
  expect(output).toMatch(/\| \/health \| \d+\.\d{3} \| \d+\.\d{3} \| -?\d+\.\d{3} \(/);
}, 300_000);

test('a Python that does not exist is an error with advice', () => {
  expect(() => run(path.join(__dirname, 'python', 'index.mjs'), '--python', '/nowhere/python3.14')).toThrow(/--python must be the path of a Python that Lambda has, got \/nowhere\/python3\.14/);
});

describe('the table of targets of Python', () => {
  const rows = (memory: number, sums: Record<string, number>) => {
    const cell = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, { sum: [[sum]] }]));
    const result = { memories: [memory], variants: Object.keys(sums), cells: { [memory]: cell } };
    const program = `import { targetTable } from ${JSON.stringify(path.join(__dirname, 'python/targets.mjs'))}; console.log(targetTable(${JSON.stringify(result)}));`;
    return run('--input-type=module', '-e', program).trim().split('\n').slice(2);
  };

  test.each([
    [128, 1100, '1.00 (1.00-1.00), at most 1.00: met'],
    [512, 700, '0.60 (0.60-0.60), at most 0.60: met'],
    [512, 720, '0.62 (0.62-0.62), at most 0.60: **missed**'],
    [1024, 600, '0.50 (0.50-0.50), at most 0.45: **missed**'],
    [1769, 550, '0.45 (0.45-0.45), at most 0.45: met'],
  ])('at %d MB, a cold start of %d ms against a monolith of 1100 ms, of which an empty handler takes 100, is %s', (memory, lazy, expected) => {
    expect(rows(memory, { lazy, monolith: 1100, empty: 100 })).toEqual([`| monolith | ${expected} |`]);
  });

  test('shows how much of the monolith one function per router takes', () => {
    expect(rows(1024, { lazy: 700, monolith: 1100, single: 600, empty: 100 }).at(-1)).toBe('| for comparison: single against monolith | 0.50 (0.50-0.50) |');
  });

  test('compares with one function per router from 1024 MB on', () => {
    expect(rows(512, { lazy: 700, single: 600, empty: 100 })).toEqual(['| single |  |']);
    expect(rows(1024, { lazy: 700, single: 600, empty: 100 })).toEqual(['| single | 1.20 (1.20-1.20), at most 1.15: **missed** |']);
  });
});
