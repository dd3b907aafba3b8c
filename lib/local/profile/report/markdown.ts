import { ROUTER_COLUMNS, routerRows, sizeColumns, sizeRows } from './cells';
import { describeCause, describeCounter, limitOf } from './describe-growth';
import { summaryOf } from './summary';
import type { CounterComparison } from '../compare-counters';
import type { ProfileReport } from '../profile-report';

/** A report for a comment on a pull request: problems first, tables collapsed. */
export function renderMarkdown(report: ProfileReport): string {
  const { construct, memoryMb, comparison, times, problems, notes } = report;
  const columns = times ? ROUTER_COLUMNS : ROUTER_COLUMNS.slice(0, 3);
  const rows = routerRows(report).map((row) => row.slice(0, columns.length));
  const others = problems.slice(comparison?.failures.length ?? 0);
  return [
    `### ${problems.length > 0 ? '❌' : '✅'} Cold starts of ${code(construct)}`,
    ...summaryOf(report).map(escape),
    ...comparison && comparison.failures.length > 0 ? [`Grown by more than ${limitOf(comparison.maxGrowth)}:`, failureTable(comparison)] : [],
    ...others.map((problem) => `- ${escape(problem)}`),
    ...times ? [table(sizeColumns(report), sizeRows(report)), '_Mean cold starts (INIT and first response), in ms._'] : [],
    folded(times ? `Routers at ${memoryMb} MB, in ms` : 'What first requests load after INIT', table(columns, rows)),
    ...notes.map((note) => `> ${escape(note)}`),
  ].join('\n\n') + '\n';
}

function failureTable({ failures }: CounterComparison): string {
  const rows = failures.map((failure) => [describeCounter(failure), failure.causes.map(describeCause).join('\n')]);
  return table(['COUNTER', 'WHAT WAS ADDED'], rows);
}

function folded(title: string, text: string): string {
  return `<details><summary>${escape(title)}</summary>\n\n${text}\n\n</details>`;
}

function table(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => escape(cell).replaceAll('\n', '<br>')).join(' | ')} |`;
  return [line(header), `|${header.map((_, i) => (i === 0 ? ' --- ' : ' ---: ')).join('|')}|`, ...rows.map(line)].join('\n');
}

/** Escapes the names of files and routers, which may contain any characters. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|~#]/g, '\\$&');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', '\'')}\``;
}
