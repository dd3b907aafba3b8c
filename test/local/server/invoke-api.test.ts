import { InvokeCommand, InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { LocalLambdaOptions } from '../../../lib/local/lambda/local-lambda';
import { HTTP_API, startServer } from '../support';

const SOURCE = `
let events = 0;
export const handler = async (event, context) => {
  events++;
  if (event.fails) throw new TypeError('no');
  console.log('hello from the function');
  return { event, events, client: context.clientContext ?? null };
};`;

async function start(options?: LocalLambdaOptions) {
  const { url, written } = await startServer(SOURCE, HTTP_API, { options });
  const client = new LambdaClient({ endpoint: url, region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 });
  const invoke = async (input: Partial<InvokeCommandInput> = {}) => client.send(new InvokeCommand({ FunctionName: 'api', ...input }));
  return { invoke, written };
}

const json = (payload: Uint8Array | undefined) => JSON.parse(Buffer.from(payload ?? []).toString()) as unknown;

test('the AWS SDK invokes the function, by its name and by its ARN', async () => {
  const { invoke, written } = await start();
  const { StatusCode, Payload, FunctionError, ExecutedVersion, LogResult } = await invoke({ Payload: Buffer.from('{"a":1}') });
  expect({ StatusCode, FunctionError, ExecutedVersion, LogResult }).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(json(Payload)).toEqual({ event: { a: 1 }, events: 1, client: null });
  expect(json((await invoke({ FunctionName: 'arn:aws:lambda:eu-central-1:123456789012:function:api:live' })).Payload)).toEqual({ event: {}, events: 2, client: null });
  expect((await written(2))[0]).toMatchObject({ method: 'POST', path: '/2015-03-31/functions/api/invocations', status: 200, cold: true });
});

test('the AWS SDK gets the error of the function', async () => {
  const { invoke } = await start();
  const { StatusCode, Payload, FunctionError } = await invoke({ Payload: Buffer.from('{"fails":true}') });
  expect({ StatusCode, FunctionError }).toEqual({ StatusCode: 200, FunctionError: 'Unhandled' });
  expect(json(Payload)).toMatchObject({ errorType: 'TypeError', errorMessage: 'no' });
});

test('the AWS SDK gets the end of the log, and passes a client context', async () => {
  const { invoke } = await start();
  const { LogResult, Payload } = await invoke({ LogType: 'Tail', ClientContext: Buffer.from('{"custom":{"a":"1"}}').toString('base64') });
  expect(Buffer.from(LogResult!, 'base64').toString()).toContain('hello from the function');
  expect(json(Payload)).toMatchObject({ client: { custom: { a: '1' } } });
});

test('the AWS SDK can invoke asynchronously, and do a dry run', async () => {
  // One environment runs the invocations one after the other.
  const { invoke } = await start({ concurrency: 1 });
  expect((await invoke({ InvocationType: 'DryRun' })).StatusCode).toBe(204);
  expect((await invoke({ InvocationType: 'Event' })).StatusCode).toBe(202);
  expect(json((await invoke()).Payload)).toMatchObject({ events: 2 });
});

test('the AWS SDK gets an error for an invalid invocation', async () => {
  const { invoke } = await start();
  await expect(invoke({ FunctionName: 'other' })).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'Function not found: other; the function is named api' });
  await expect(invoke({ Payload: Buffer.from('no JSON') })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  await expect(invoke({ Payload: Buffer.from(JSON.stringify('x'.repeat(7_000_000))) })).rejects.toMatchObject({ name: 'RequestTooLargeException' });
});
