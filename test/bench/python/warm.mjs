import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { verdict, WARM_LIMIT_MS } from './targets.mjs';
import { toEvent } from '../../../examples/clinic-api/demo/event.mjs';
import { VARIABLES } from '../../../examples/credentials-api/demo/cold-start.mjs';
import { table } from '../report/markdown.mjs';
import { median } from '../report/statistics.mjs';

/** The routers whose sample requests are measured, in addition to an endpoint of the application itself. */
const ROUTERS = ['licenses', 'roles'];

/**
 * The time of a warm request through this library, with its request log, and through Mangum. In each round, a new process of each runs blocks of
 * requests, in turns.
 */
export async function warmTable(python, { lazy, monolith }, requests, options) {
  const health = { method: 'GET', path: '/health', prefix: '' };
  const chosen = [health, ...requests.filter(({ router }) => ROUTERS.includes(router)).map((request) => ({ ...request, prefix: `/api/v1/${request.router}` }))];
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) rounds.push(await compare(python, [lazy, monolith], chosen, options));
  const rows = chosen.map(({ path }, i) => {
    const added = rounds.map(([library, mangum]) => library[i] - mangum[i]).sort((a, b) => a - b);
    const timeOf = (side) => median(rounds.map((sides) => sides[side][i])).toFixed(3);
    const range = `${added[0].toFixed(3)} to ${added.at(-1).toFixed(3)}`;
    return [path, timeOf(0), timeOf(1), `${median(added).toFixed(3)} (${range})`, verdict(median(added), WARM_LIMIT_MS)];
  });
  return table(['warm request', 'this library, ms', 'Mangum, ms', 'added ms (least to most)', `at most ${WARM_LIMIT_MS}`], rows);
}

/** By function: the median time of each request. */
async function compare(python, functions, requests, { blocks, perBlock }) {
  const processes = functions.map((fn) => new WarmProcess(python, fn, perBlock));
  const times = processes.map(() => requests.map(() => []));
  for (const [i, request] of requests.entries()) {
    const event = JSON.stringify(toEvent(request));
    // The first block is not warm.
    for (let block = -1; block < blocks; block++) {
      for (const [side, process] of processes.entries()) {
        const ms = await process.run(event);
        if (block >= 0) times[side][i].push(ms);
      }
    }
  }
  processes.forEach((process) => process.end());
  return times.map((of) => of.map(median));
}

class WarmProcess {
  constructor(python, { directory, handler, environment }, perBlock) {
    this.handler = handler;
    this.child = spawn(python, [join(import.meta.dirname, 'warm.py'), handler, String(perBlock)], {
      cwd: directory, stdio: ['pipe', 'pipe', 'pipe', 'pipe'], env: { AWS_LAMBDA_FUNCTION_NAME: 'api', AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand', ...VARIABLES, ...environment },
    });
    this.child.stdout.resume();
    this.child.stderr.resume();
    this.lines = createInterface(this.child.stdio[3])[Symbol.asyncIterator]();
  }

  async run(event) {
    this.child.stdin.write(`${event}\n`);
    const { value: line, done } = await this.lines.next();
    if (done) throw new Error(`${this.handler} ended before it answered ${event}`);
    const [ms, status] = JSON.parse(line);
    if (status !== 200) throw new Error(`${this.handler} answered ${status} to ${event}`);
    return ms;
  }

  end() {
    this.child.stdin.end();
  }
}
