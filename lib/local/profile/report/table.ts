import { ROUTER_COLUMNS, routerRows, sizeColumns, sizeRows } from './cells';
import { summaryOf } from './summary';
import { textTable } from './text-table';
import type { ProfileReport } from '../profile-report';

/** A report for a terminal, without the problems. */
export function renderTable(report: ProfileReport): string {
  const { construct, memoryMb, times } = report;
  const hasTimes = times !== undefined;
  const columns = hasTimes ? ROUTER_COLUMNS : ROUTER_COLUMNS.slice(0, 3);
  const title = hasTimes ? `${construct} at ${memoryMb} MB, in ms` : `${construct}: what INIT loads, and what first requests load after it`;
  const routers = textTable(columns, routerRows(report).map((row) => row.slice(0, columns.length)));
  const sizes = hasTimes ? `\nMean cold starts (INIT and first response), in ms\n${textTable(sizeColumns(report), sizeRows(report))}` : '';
  const sentences = summaryOf(report);
  return `${title}\n${routers}${sizes}${sentences.length > 0 ? '\n' : ''}${sentences.map((sentence) => `${sentence}\n`).join('')}`;
}
