/**
 * Names and values of any kind, from the extension and on a developer's machine.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Extension, keyOf, startExtension, Stored } from './extension';
import type * as Secrets from './subject';
import { property } from '../run/concern';
import { captureOutput } from '../run/output';

export type Subject = typeof Secrets;

/** Marks values. No text of the library contains it. */
const MARK = 'hunter2-';

const name = fc.oneof({ weight: 2, arbitrary: fc.constantFrom('DB', 'API_KEY') }, { weight: 2, arbitrary: fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'secrets', 'parameters') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'aZ_9'), minLength: 1, maxLength: 4 }) });
const id = fc.oneof(fc.constantFrom('arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf', '/app/flags', 'a&versionStage=AWSPREVIOUS', 'a b', 'ü', '%2F', 'x?y#z', '../x', 'constructor'), fc.string({ minLength: 1, maxLength: 12 }));

type Form = 'text' | 'json' | 'binary' | 'denied' | 'nonsense' | 'missing';
const value = fc.record({ form: fc.constantFrom<Form>('text', 'text', 'json', 'json', 'binary', 'denied', 'nonsense', 'missing'), text: fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => MARK + text) });
type Value = { readonly form: Form; readonly text: string };

const rows = fc.uniqueArray(fc.record({ name, id, value }), { maxLength: 4, selector: ({ name: text }) => text });
const call = fc.record({ as: fc.constantFrom('getSecret' as const, 'getSecretString' as const, 'getSecretBinary' as const, 'getParameter' as const), name, versionStage: fc.constantFrom(undefined, undefined, 'AWSPREVIOUS') });

type Call = { readonly as: keyof Subject; readonly name: string; readonly versionStage?: string };

type Kind = 'secrets' | 'parameters';

let extension: Extension | undefined;

export function close(): void {
  extension?.close();
  extension = undefined;
}

/** Sets exactly these variables of the client. */
function setEnvironment(variables: { readonly [name: string]: string }): void {
  for (const key of Object.keys(process.env)) if (/^(LAZY_API_(SECRET|PARAMETER)|AWS_LAMBDA_RUNTIME_API)/.test(key)) delete process.env[key];
  Object.assign(process.env, { AWS_SESSION_TOKEN: 'the-token' }, variables);
}

interface Outcome {
  readonly value?: unknown;
  readonly code?: string;
}

/** The outcomes of calls. No error and no line may contain a value. */
async function outcomesOf(subject: Subject, calls: readonly Call[]): Promise<Outcome[]> {
  const { value: outcomes, writes } = await captureOutput(() => Promise.all(calls.map(({ as, name: asked, versionStage }) => (subject[as] as Subject['getSecret'])<unknown>(asked, { versionStage }).then(
    (given): Outcome => ({ value: given instanceof Uint8Array ? Buffer.from(given).toString() : given }),
    (error: Error & { code?: string; fields?: { cause?: Error } }): Outcome => {
      const told = [error.message, error.stack, String(error.fields?.cause?.stack), JSON.stringify(error)].join('\n');
      expect(told).not.toContain(MARK);
      return { code: error.code ?? told };
    },
  ))));
  expect(writes.join('')).not.toContain(MARK);
  return outcomes;
}

const kindOf = ({ as }: Call): Kind => (as === 'getParameter' ? 'parameters' : 'secrets');

function storedOf(kind: Kind, { form, text }: Value): Stored {
  const given = form === 'json' ? JSON.stringify({ text }) : text;
  if (form === 'denied') return { status: 400, body: `AccessDeniedException: ${text} must not be read` };
  if (form === 'nonsense') return { status: 200, body: `<html>${text}` };
  if (form === 'missing') return { status: 400, body: 'ResourceNotFoundException' };
  if (kind === 'parameters') return { status: 200, body: JSON.stringify({ Parameter: { Value: given } }) };
  return { status: 200, body: JSON.stringify(form === 'binary' ? { SecretBinary: Buffer.from(text).toString('base64') } : { SecretString: given }) };
}

function expectedOf({ as }: Call, value_: Value | undefined): Outcome {
  if (!value_) return { code: 'SECRET_UNKNOWN' };
  const { form, text } = value_;
  const json = JSON.stringify({ text });
  switch (form) {
    case 'denied': case 'missing': return { code: 'SECRET_REFUSED' };
    case 'nonsense': return { code: 'SECRET_UNAVAILABLE' };
    case 'binary': return as === 'getSecretBinary' || as === 'getParameter' ? { value: text } : { code: 'SECRET_FORMAT' };
    case 'json': return as === 'getSecretBinary' ? { code: 'SECRET_FORMAT' } : { value: as === 'getSecret' ? { text } : json };
    case 'text': return as === 'getSecretBinary' || as === 'getSecret' ? { code: 'SECRET_FORMAT' } : { value: text };
  }
}

export const OWN_VALUE = 'a call returns the value of its own name or a coded error, and no other output contains a value';

const asked = fc.record({ secrets: rows, parameters: rows, calls: fc.array(call, { minLength: 1, maxLength: 6 }) });

export const ownValue = property(OWN_VALUE, 700, asked, async ({ calls, ...declared }, subject: Subject) => {
  extension ??= await startExtension();
  const distinct = (kind: Kind) => declared[kind].map((row, i) => ({ ...row, id: `${row.id}${i}` }));
  const tables = { secrets: distinct('secrets'), parameters: distinct('parameters') };
  extension.stored = new Map((['secrets', 'parameters'] as const).flatMap((kind) => tables[kind].flatMap((row) => [
    [keyOf(kind, row.id), storedOf(kind, row.value)] as const, [keyOf(kind, row.id, 'AWSPREVIOUS'), storedOf(kind, { ...row.value, text: `${row.value.text}-previous` })] as const,
  ])));
  const idsOf = (kind: Kind) => Object.fromEntries(tables[kind].map((row) => [row.name, row.id]));
  const config = { secrets: idsOf('secrets'), parameters: idsOf('parameters'), port: extension.port, timeout: 2000, connections: 3, ttl: 300_000, staleOnError: 0 };
  setEnvironment({ AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001', LAZY_API_SECRETS: JSON.stringify(config) });
  const expected = calls.map((one) => {
    const row = tables[kindOf(one)].find(({ name: text }) => text === one.name);
    const previous = one.versionStage !== undefined && kindOf(one) === 'secrets';
    return expectedOf(one, row && { ...row.value, text: previous ? `${row.value.text}-previous` : row.value.text });
  });
  expect(await outcomesOf(subject, calls)).toEqual(expected);
});

export const LOCALLY = 'outside of Lambda, a call returns the local value of its own name or a coded error';

const local = fc.uniqueArray(fc.record({ name, text: value.map(({ text }) => text), where: fc.constantFrom('variable', 'file'), kind: fc.constantFrom<Kind>('secrets', 'parameters') }), { maxLength: 5, selector: (row) => `${row.kind} ${row.name}` });

const askedLocally = fc.record({ local, calls: fc.array(call, { minLength: 1, maxLength: 4 }), file: fc.boolean() });

export const locally = property(LOCALLY, 250, askedLocally, async ({ local: table, calls, file }, subject: Subject) => {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    const inFile = (kind: Kind) => Object.fromEntries(table.filter((row) => row.kind === kind && row.where === 'file').map((row) => [row.name, row.text]));
    const path = join(folder, 'secrets.json');
    writeFileSync(path, JSON.stringify({ secrets: inFile('secrets'), parameters: inFile('parameters') }));
    const variables = table.filter(({ where }) => where === 'variable').map((row) => [`LAZY_API_${row.kind === 'secrets' ? 'SECRET' : 'PARAMETER'}_${row.name}`, row.text] as const);
    setEnvironment({ ...Object.fromEntries(variables), ...file && { LAZY_API_SECRETS_FILE: path } });
    const rowOf = (one: Call) => table.find(({ kind, name: text, where }) => kind === kindOf(one) && text === one.name && (where === 'variable' || file));
    const expected = calls.map((one): Outcome => {
      const row = rowOf(one);
      if (!row) return { code: 'SECRET_LOCAL' };
      return one.as === 'getSecret' ? { code: 'SECRET_FORMAT' } : { value: row.text };
    });
    expect(await outcomesOf(subject, calls)).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

export const INHERITED = 'the name of an inherited member is unknown, like any other undeclared name';

export const inherited = property(INHERITED, 40, fc.record({ call: fc.record({ as: call.map(({ as }) => as), name: fc.constantFrom('constructor', '__proto__', 'toString', 'valueOf', '__defineGetter__') }), inLambda: fc.boolean() }), async ({ call: one, inLambda }, subject: Subject) => {
  extension ??= await startExtension();
  extension.stored = new Map();
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const path = join(folder, 'secrets.json');
  writeFileSync(path, '{ "secrets": {}, "parameters": {} }');
  const config = JSON.stringify({ secrets: {}, parameters: {}, port: extension.port, timeout: 2000, connections: 3, ttl: 300_000, staleOnError: 0 });
  setEnvironment(inLambda ? { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001', LAZY_API_SECRETS: config } : { LAZY_API_SECRETS_FILE: path });
  const outcomes = await outcomesOf(subject, [one]);
  rmSync(folder, { recursive: true });
  expect(outcomes).toEqual([{ code: inLambda ? 'SECRET_UNKNOWN' : 'SECRET_LOCAL' }]);
});
