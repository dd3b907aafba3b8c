import { awslambda } from '../../lib/runtime';
import type { NodeResponseStream } from '../../lib/runtime';

const globals = globalThis as { awslambda?: unknown };

afterEach(() => { delete globals.awslambda; });

test('in Lambda, handlers and streams are passed to the global of the same name', () => {
  const marked = async () => {};
  const body = {};
  const from = jest.fn(() => body);
  globals.awslambda = { streamifyResponse: () => marked, HttpResponseStream: { from } };
  const stream = {} as NodeResponseStream;

  expect(awslambda.streamifyResponse(async () => {})).toBe(marked);
  expect(awslambda.HttpResponseStream.from(stream, { statusCode: 202 })).toBe(body);
  expect(from).toHaveBeenCalledWith(stream, { statusCode: 202 });
});

test('outside of Lambda, handlers and streams are returned unchanged', () => {
  const handler = async () => {};
  const stream = {} as NodeResponseStream;
  expect(awslambda.streamifyResponse(handler)).toBe(handler);
  expect(awslambda.HttpResponseStream.from(stream, {})).toBe(stream);
});
