import { BESIDE_BASE, COUNTED, GROWN, MEASURED } from './sample';
import { renderTable } from '../../../../lib/local/profile/report/table';

test('the table has a row for each router and for each memory size, and ends with the verdict', () => {
  expect(renderTable(MEASURED)).toBe(`Shop/Api at 1024 MB, in ms
ROUTER       KB  FILES  INIT  LOAD  FIRST  WARM  COLD  MEMORY
INIT       12.3      2
/api/a      400      2   150    75    150   1.3   300   80 MB
/api/<b>&   0.9      1   100    50    100   1.3   200   80 MB
mean                     125    63    125   1.3   250   80 MB

Mean cold starts (INIT and first response), in ms
MEMORY SIZE        LAZY  MONOLITH  EMPTY
256 MB (estimate)   500       900    100
1024 MB             250     fails    100

Lazy loading helps this API at 256 MB.
`);
});

test('without times, the table shows what is loaded', () => {
  expect(renderTable(COUNTED)).toBe(`Shop/Api: what INIT loads, and what first requests load after it
ROUTER       KB  FILES
INIT       12.3      2
/api/a      400      2
/api/<b>&   0.9      1
`);
});

test('compared with another assembly, the table shows what has changed', () => {
  expect(renderTable(BESIDE_BASE)).toContain('MEMORY SIZE  LAZY  BASE  EMPTY\n1024 MB       250   245      -\n\n'
    + 'No counter has grown by more than 7 %.\nAt 1024 MB, the mean cold start has changed by +2.0 % (99 % confidence: -1.0 % to +5.0 %): no certain difference.\n');
});

test('new and removed routers are listed', () => {
  expect(renderTable(GROWN)).toContain('New routers: /api/<b>&.\nRemoved routers: /api/old.\n');
});
