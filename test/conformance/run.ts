/**
 * Runs the cases of a vector file against a built asset, in any language.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { answerOf, resultOf } from './answer';
import { eventOf, isObject } from './event';
import { Observation } from './observation';
import { AnsweringServer } from './servers';
import { Json, JsonObject, Vector, VectorFile } from './vector';
import { TestEnvironment } from '../lambda-node/environment';
import { listen } from '../lambda-node/runtime-client';

/** The remaining time of an invocation, unless the case declares it. */
const REMAINING_MS = 30_000;

const ENVIRONMENT = {
  AWS_LAMBDA_FUNCTION_NAME: 'api',
  AWS_LAMBDA_FUNCTION_VERSION: '7',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'the-token',
};

interface Servers {
  readonly extension: AnsweringServer;
  readonly aws: AnsweringServer;
}

/** Starts an execution environment of the asset. */
export type StartEnvironment = (env: Readonly<Record<string, string>>) => Promise<TestEnvironment>;

/** By case name. The cases of one file share environments in order. */
export async function runVectors({ environment = {}, cases }: VectorFile, start: StartEnvironment): Promise<Map<string, Observation>> {
  const servers: Servers = { extension: await AnsweringServer.start(), aws: await AnsweringServer.start() };
  const ports = { extension: servers.extension.port, aws: servers.aws.port, closed: await closedPort() };
  const observations = new Map<string, Observation>();
  let current: TestEnvironment | undefined;
  for (const vector of cases) {
    if (!current || vector.fresh || vector.environment) {
      await current?.lambda.end();
      current = await start({ ...ENVIRONMENT, ...variablesOf({ ...environment, ...vector.environment }, ports) });
    }
    observations.set(vector.name, await observe(current, vector, servers));
  }
  await current?.lambda.end();
  servers.extension.close();
  servers.aws.close();
  return observations;
}

async function observe(environment: TestEnvironment, vector: Vector, { extension, aws }: Servers): Promise<Observation> {
  extension.expect(vector.extension);
  aws.expect(vector.aws);
  const event = eventOf(vector);
  environment.stdout = '';
  const requestId = randomUUID();
  const whole = await environment.invoke({ requestId, event, remainingMs: vector.remainingMs ?? REMAINING_MS });
  const delivered = whole && { ...whole, bytes: whole.bytes.includes(requestId) ? Buffer.from(withoutId(whole.bytes.toString(), requestId)) : whole.bytes };
  const written = withoutId(environment.stdout, requestId).split('\n').slice(0, -1).map(parseLine);
  return {
    event,
    ...delivered && delivered.kind !== 'failed' && { result: resultOf(delivered), answer: answerOf(delivered) },
    seen: written.filter((line) => 'fixture' in line),
    logs: written.filter((line) => !('fixture' in line) && !isRuntimeClients(line)).map(withoutTimestamp),
    asked: { extension: extension.seen().asked, aws: aws.seen().asked },
    atOnce: { extension: extension.seen().most, aws: aws.seen().most },
  };
}

/** Vectors use `REQUEST_ID` for the id of the invocation. */
function withoutId(text: string, requestId: string): string {
  return text.replaceAll(`"${requestId}"`, '"REQUEST_ID"').replaceAll(`\\"${requestId}\\"`, '\\"REQUEST_ID\\"');
}

/** A line that is not JSON does not come from the library. */
function parseLine(line: string): JsonObject {
  try {
    return JSON.parse(line) as JsonObject;
  } catch {
    return { unreadable: line };
  }
}

/** Lambda's runtime client writes a line about an interrupted response, and the lines of Python's own libraries at level DEBUG. */
function isRuntimeClients({ message, logger }: JsonObject): boolean {
  return (isObject(message) && 'errorType' in message) || logger === 'asyncio';
}

/** Every line has a UTC timestamp with milliseconds. */
function withoutTimestamp({ timestamp, ...line }: JsonObject): JsonObject {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(timestamp)) ? line : { ...line, timestamp };
}

type Ports = { readonly [name: string]: number };

/** Objects become JSON, and `${extension}` becomes the port of that server. */
function variablesOf(environment: JsonObject, ports: Ports): Record<string, string> {
  const text = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, text(withPorts(value, ports))]));
}

function withPorts(value: Json, ports: Ports): Json {
  const json = JSON.stringify(value);
  return JSON.parse(json.replace(/"\$\{(\w+)\}"|\$\{(\w+)\}/g, (_, whole: string | undefined, part: string) => String(ports[whole ?? part]))) as Json;
}

/** A port without a server. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return port;
}
