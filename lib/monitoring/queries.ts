/**
 * Queries for CloudWatch Logs Insights. They name only fields and codes of the contract. The compiler checks this, and
 * a test compares them with lines of the real runtime.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
import { QueryString } from 'aws-cdk-lib/aws-logs';
import { LOAD_FAILURE_CODES } from '../contract/error-codes';
import { ERROR_FIELDS, REQUEST_FIELDS, THROWN_FIELDS } from '../contract/log-lines';
import { MetricName } from '../contract/metrics';

export interface LogQuery {
  readonly name: string;
  readonly query: QueryString;
}

/** A field of the lines. */
export type LogField = keyof typeof REQUEST_FIELDS | keyof typeof ERROR_FIELDS | MetricName;

/** Compiles only if a line has the field. */
const f = (field: LogField): LogField => field;

const errorField = (field: keyof typeof THROWN_FIELDS): string => `${f('error')}.${field}`;

const columns = (...fields: string[]): string => fields.join(', ');

const IS_REQUEST = `ispresent(${f('totalMs')})`;
const IS_COLD_START = `ispresent(${f('ColdStartDuration')})`;
const IS_LOAD = `ispresent(${f('routerLoadMs')})`;

/** One row for each router. */
export const ROUTERS: LogQuery = {
  name: 'Routers',
  query: new QueryString({
    filterStatements: [IS_REQUEST],
    statsStatements: [
      `count(*) as requests, sum(${f('ServerErrors')}) as errors, count(${f('ColdStartDuration')}) as coldStarts, `
      + `pct(${f('totalMs')}, 95) as p95Ms, avg(${f('routerLoadMs')}) as averageLoadMs by ${f('router')}`,
    ],
    sort: 'requests desc',
  }),
};

/** The time that callers waited in cold starts for a router to load. Preloading the router would have saved this time. */
export const PRELOAD_CANDIDATES: LogQuery = {
  name: 'Routers that would benefit from preloading',
  query: new QueryString({
    filterStatements: [`${IS_COLD_START} and ${IS_LOAD}`],
    statsStatements: [`count(*) as coldStarts, avg(${f('routerLoadMs')}) as averageLoadMs, sum(${f('routerLoadMs')}) as waitedMs by ${f('router')}`],
    sort: 'waitedMs desc',
  }),
};

const COLD_START_P95: LogQuery = {
  name: 'Cold start P95',
  query: new QueryString({
    filterStatements: [IS_COLD_START],
    statsStatements: [`pct(${f('ColdStartDuration')}, 95) as p95Ms, max(${f('ColdStartDuration')}) as maxMs, count(*) as coldStarts by bin(5m)`],
  }),
};

const ROUTER_LOAD: LogQuery = {
  name: 'Router load time',
  query: new QueryString({
    filterStatements: [IS_LOAD],
    statsStatements: [`avg(${f('routerLoadMs')}) as averageMs, max(${f('routerLoadMs')}) as maxMs, count(*) as loads by bin(5m)`],
  }),
};

export const SLOWEST_COLD_STARTS: LogQuery = {
  name: 'Slowest cold starts',
  query: new QueryString({
    filterStatements: [IS_COLD_START],
    display: columns(
      '@timestamp', f('ColdStartDuration'), f('initMs'), f('routerLoadMs'), f('handlerMs'), f('router'), f('requestId'), f('apiRequestId'),
    ),
    sort: `${f('ColdStartDuration')} desc`,
    limit: 25,
  }),
};

export const ERRORS_BY_ROUTER: LogQuery = {
  name: 'Errors by router',
  query: new QueryString({
    filterStatements: [`${IS_REQUEST} and (${f('ServerErrors')} > 0 or ispresent(${f('errorCode')}))`],
    statsStatements: [`count(*) as responses, latest(${f('requestId')}) as latestRequestId by ${f('router')}, ${f('status')}, ${f('errorCode')}`],
    sort: 'responses desc',
  }),
};

const FAILURES: LogQuery = {
  name: 'Thrown errors',
  query: new QueryString({
    filterStatements: [`${f('level')} = "ERROR" and ispresent(${f('code')})`],
    display: columns('@timestamp', f('router'), f('code'), errorField('name'), errorField('message'), f('requestId')),
    sort: '@timestamp desc',
    limit: 100,
  }),
};

export const LOAD_FAILURES: LogQuery = {
  name: 'Module load failures',
  query: new QueryString({
    filterStatements: [`${f('code')} in [${LOAD_FAILURE_CODES.map((code) => `"${code}"`).join(', ')}]`],
    display: columns('@timestamp', f('router'), f('chunk'), errorField('name'), errorField('message'), f('requestId')),
    sort: '@timestamp desc',
    limit: 100,
  }),
};

export const SAVED_QUERIES: readonly LogQuery[] = [
  COLD_START_P95, SLOWEST_COLD_STARTS, ROUTER_LOAD, ROUTERS, PRELOAD_CANDIDATES, ERRORS_BY_ROUTER, FAILURES, LOAD_FAILURES,
];
