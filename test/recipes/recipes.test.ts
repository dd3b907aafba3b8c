/**
 * Runs every recipe as a user does: synthesizes its app, and sends requests to its asset in Lambda's runtime client.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetsOf, Exchange, exchanges, linesOf, RECIPES, recipes, run } from './recipes';
import { answerOf } from '../conformance/answer';
import { lambdaNodes } from '../lambda-node';
import { TestEnvironment } from '../lambda-node/environment';
import { functionUrl, http2, rest, Sent } from '../runtime/events';

const EVENTS: { readonly [endpoint: string]: (sent: Sent) => unknown } = {
  'an HTTP API': http2,
  'a REST API': restWithBinaryBody,
  'a REST API that streams': restWithBinaryBody,
  'a function URL': functionUrl,
};

/** The REST APIs of the library treat every body as binary. */
function restWithBinaryBody(sent: Sent): unknown {
  return rest(sent.body === undefined ? sent : { ...sent, body: Buffer.from(sent.body).toString('base64'), isBase64Encoded: true });
}

function eventOf(endpoint: string, { request, body }: Exchange): unknown {
  const [method, target] = request.split(' ');
  const [path, query] = target.split('?');
  const [, prefix, rest_] = /^(\/[^/]+)(.*)$/.exec(path)!;
  const json = body !== undefined && { body: JSON.stringify(body), headers: [['Content-Type', 'application/json']] as const };
  return EVENTS[endpoint]({ method, path, query, resource: rest_ === '' ? prefix : `${prefix}/{proxy+}`, ...json });
}

async function answersOf(endpoint: string, asset: string, asked: readonly Exchange[]): Promise<Exchange[]> {
  const environment = await TestEnvironment.start(lambdaNodes.at(-1)!, asset);
  const answers: Exchange[] = [];
  for (const exchange of asked) {
    const delivered = await environment.invoke({ requestId: 'request', event: eventOf(endpoint, exchange) });
    if (!delivered || delivered.kind === 'failed') throw new Error(`${exchange.request} got no answer: ${environment.stdout}`);
    const { status, headers, bytes } = answerOf(delivered);
    const text = Buffer.from(bytes).toString();
    answers.push({ ...exchange, status, answer: /json/.test(headers['content-type'] ?? '') ? JSON.parse(text) as unknown : text });
  }
  await environment.lambda.end();
  return answers;
}

beforeAll(() => run('prisma/build/index.js', ['generate', '--schema', 'express-prisma/prisma/schema.prisma']));

test('every recipe is tested, and the index has a line about each', () => {
  expect(recipes.sort()).toEqual(Object.keys(exchanges).sort());
  const index = readFileSync(join(RECIPES, 'README.md'), 'utf8');
  expect(recipes.filter((recipe) => !index.includes(`[${recipe}](${recipe})`))).toEqual([]);
});

test('the recipes compile with TypeScript', () => {
  run('typescript/bin/tsc', ['-p', '.']);
  run('typescript/bin/tsc', ['-p', 'nest']);
});

describe.each(Object.keys(exchanges))('%s', (recipe) => {
  let assets: { readonly [endpoint: string]: string };

  beforeAll(() => { assets = assetsOf(recipe); });

  test('has at most 60 lines of code, and says what differs from the quick start', () => {
    expect(linesOf(recipe)).toBeLessThanOrEqual(60);
    expect(readFileSync(join(RECIPES, recipe, 'README.md'), 'utf8')).toContain('What differs from');
  });

  test.each(Object.keys(EVENTS))('responds as expected behind %s', async (endpoint) => {
    const expected = exchanges[recipe].map((exchange) => ({ status: 200, ...exchange }));
    expect(await answersOf(endpoint, assets[endpoint], exchanges[recipe])).toEqual(expected);
  });
});
