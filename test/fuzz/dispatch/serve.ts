/**
 * Random APIs in the real runtime, with routers that record what they received.
 */
import { Api } from './api';
import type * as Runtime from './subject';
import type { LambdaContext } from '../../../lib/runtime/router-types';
import { refusedBy } from '../results/accepted';
import { captureOutput } from '../run/output';

export type Subject = typeof Runtime;

export interface Answer {
  readonly statusCode: number;
  readonly headers?: { readonly [name: string]: unknown };
  readonly multiValueHeaders?: { readonly [name: string]: readonly unknown[] };
  readonly body?: string;
}

export interface Served {
  readonly answer: Answer;
  /** The code of a refusal. */
  readonly code: string | undefined;
  /** The routers that were called. */
  readonly called: readonly string[];
  /** The request that a fetch router received. */
  readonly request: Request | undefined;
  /** The event that a Lambda router received. */
  readonly event: unknown;
}

export const CONTEXT: LambdaContext = {
  functionName: 'api', functionVersion: '$LATEST', invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:api', memoryLimitInMB: '1024',
  awsRequestId: 'request-1', logGroupName: '/aws/lambda/api', logStreamName: '2026/01/01/[$LATEST]1', getRemainingTimeInMillis: () => 30_000,
};

type Extras = NonNullable<Parameters<Subject['createLazyApi']>[1]>;

export async function serve(subject: Subject, { routers, routes, door }: Api, event: unknown, extras: Extras = {}): Promise<Served> {
  const called: string[] = [];
  let request: Request | undefined;
  let passed: unknown;
  const lambda = (prefix: string) => async (given: unknown) => {
    called.push(prefix);
    passed = given;
    return { statusCode: 200, body: 'ok' };
  };
  const fetch = (prefix: string) => ({
    async fetch(given: Request) {
      called.push(prefix);
      request = given;
      return new Response('ok');
    },
  });
  const api = subject.createLazyApi({
    routes: routers.map(({ prefix, kind, authorized, stripPrefix }) => ({
      prefix, load: async () => ({ default: (kind === 'fetch' ? fetch : lambda)(prefix) }), ...authorized && { authorized: true as const }, ...!stripPrefix && { stripPrefix: false as const },
    })),
    greedyRoutes: Object.fromEntries(routes.filter(({ path, owners }) => path !== '$default' && owners.length > 1).map(({ path, owners }) => [path, owners])),
  }, { checkAuthorizer: subject.checkAuthorizer, ...extras });
  const { value: answer } = await captureOutput(() => api.handler(event as never, CONTEXT) as Promise<Answer>);
  const payload = door.kind === 'REST API' || door.kind === 'HTTP API, payload 1.0' ? '1.0' : '2.0';
  const refusal = refusedBy(payload, answer);
  if (refusal !== undefined) throw new Error(`API Gateway refuses the answer: ${refusal}: ${JSON.stringify(answer)}`);
  return { answer, code: answer.statusCode === 200 ? undefined : codeOf(answer), called, request, event: passed };
}

function codeOf({ body }: Answer): string | undefined {
  return (JSON.parse(body ?? '{}') as { code?: string }).code;
}
