/**
 * The event that a vector sends: a sample of what AWS sends, with some members changed.
 */
import { join } from 'node:path';
import { repeat } from './repeat';
import { Json, JsonObject, readJson, Vector } from './vector';

export function eventOf({ event, do: instruction }: Pick<Vector, 'event' | 'do'>): Json {
  if ('raw' in event) return event.raw;
  const sample = readJson(join(__dirname, 'events', `${event.from}.json`));
  const sent = resolve(mergePatch(sample, event.with ?? {})) as JsonObject;
  return instruction === undefined ? sent : withInstruction(sent, instruction);
}

/** https://www.rfc-editor.org/rfc/rfc7396 */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: { [name: string]: Json } = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{ "$now": -700 }` is 700 ms ago, `{ "$null": true }` is null, which a merge patch cannot set, `{ "$repeat": ["x", 3] }` is `xxx`. */
function resolve(value: Json): Json {
  if (Array.isArray(value)) return value.map(resolve);
  if (!isObject(value)) return value;
  if (typeof value.$now === 'number') return Date.now() + value.$now;
  if (value.$null === true) return null;
  if (value.$repeat !== undefined) return repeat(value.$repeat);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));
}

/** A header has ASCII characters only. */
function withInstruction(event: JsonObject, instruction: JsonObject): JsonObject {
  const text = JSON.stringify(instruction).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const headers = { ...event.headers as JsonObject, 'x-fixture': text };
  const multiValueHeaders = { ...event.multiValueHeaders as JsonObject, 'x-fixture': [text] };
  return { ...event, headers, ...'multiValueHeaders' in event && { multiValueHeaders } };
}
