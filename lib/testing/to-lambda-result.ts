import type { Readable } from 'node:stream';
import { TestResult } from './test-target';
import { splitPrelude } from '../gateway/prelude';
import type { LambdaProxyResult } from '../runtime/router-types';

/** The result of an invocation, as `invoke` returns it. Throws an error if the function has failed. */
export async function toLambdaResult(result: TestResult): Promise<LambdaProxyResult> {
  if (result.kind === 'failed') throw Object.assign(new Error(result.errorMessage), { name: result.errorType });
  if (result.kind === 'returned') return JSON.parse(Buffer.from(result.payload).toString()) as LambdaProxyResult;
  const { head, body } = await splitPrelude(result);
  return { statusCode: 200, ...head, ...await collect(body) };
}

/** Text, or base64 for other content. */
async function collect(stream: Readable): Promise<Pick<LambdaProxyResult, 'body' | 'isBase64Encoded'>> {
  const bytes = Buffer.concat(await stream.toArray());
  const text = bytes.toString();
  const isText = Buffer.from(text).equals(bytes);
  return { body: isText ? text : bytes.toString('base64'), isBase64Encoded: !isText };
}
