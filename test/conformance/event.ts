/**
 * The event that a vector sends: a sample of AWS's events with some changed members.
 */
import { join } from 'node:path';
import { repeat } from './repeat';
import { Json, JsonObject, readJson, Vector } from './vector';

export function eventOf({ event, do: instruction }: Pick<Vector, 'event' | 'do'>): Json {
  if ('raw' in event) return event.raw;
  const sample = readJson(join(__dirname, 'events', `${event.from}.json`));
  const patch = instruction === undefined ? event.with ?? {} : mergePatch(event.with ?? {}, instructionOf(event.from, instruction));
  const sent = mergePatch(sample, patch) as JsonObject;
  return resolve(mergePatch(mergePatch(sent, repeatedMembers(sent)), patch));
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

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values that AWS's events contain twice. A patch can override them. */
function repeatedMembers(event: JsonObject): JsonObject {
  if (event.version === '2.0') return { requestContext: { http: { path: event.rawPath }, routeKey: event.routeKey } };
  const { stage } = event.requestContext as JsonObject;
  return {
    headers: lastValues(event.multiValueHeaders),
    queryStringParameters: lastValues(event.multiValueQueryStringParameters),
    requestContext: { httpMethod: event.httpMethod, resourcePath: event.resource, path: `/${String(stage)}${String(event.path)}` },
  };
}

function lastValues(values: Json): Json {
  if (!isObject(values)) return { $null: true };
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, Array.isArray(list) ? list.at(-1) as Json : list]));
}

/**
 * `{ "$now": -700 }` is 700 ms ago, `{ "$null": true }` is null, which a merge patch cannot set, and `{ "$repeat": ["x", 3] }` is `xxx`.
 */
function resolve(value: Json): Json {
  if (Array.isArray(value)) return value.map(resolve);
  if (!isObject(value)) return value;
  if (typeof value.$now === 'number') return Date.now() + value.$now;
  if (value.$null === true) return null;
  if (value.$repeat !== undefined) return repeat(value.$repeat);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));
}

/** The instruction in the header `x-fixture`. A header has only ASCII characters. */
function instructionOf(sample: string, instruction: JsonObject): JsonObject {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(instruction).replace(/[^\x20-\x7e]/g, escaped);
  return sample === 'http-2.0' || sample === 'function-url' ? { headers: { 'x-fixture': text } } : { multiValueHeaders: { 'x-fixture': [text] } };
}
