import { Terminal } from './terminal';
import { RequestLine } from '../local/server/request-line';

/** One line about a request, and one line for each note. */
export function describeRequest(line: RequestLine, { outStyle }: Pick<Terminal, 'outStyle'>): string {
  const { time, method, path, status, router, notes } = line;
  const color = status === undefined || status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green';
  const parts = [
    time.toTimeString().slice(0, 8),
    outStyle(color, String(status ?? 'gone')),
    method,
    path,
    ...router === undefined ? [] : [outStyle('dim', `router ${router}`)],
    outStyle('dim', durations(line)),
  ];
  return [parts.join(' '), ...notes.map((note) => `  ${outStyle('yellow', 'note:')} ${note}`)].map((text) => `${text}\n`).join('');
}

function durations({ cold, initMs, loadMs, totalMs }: RequestLine): string {
  const times = [
    ...initMs === undefined ? [] : [`INIT ${milliseconds(initMs)}`],
    ...loadMs === undefined ? [] : [`load ${milliseconds(loadMs)}`],
    `total ${milliseconds(totalMs)}`,
  ];
  return [...cold === undefined ? [] : [cold ? 'cold' : 'warm'], ...times].join(', ');
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
