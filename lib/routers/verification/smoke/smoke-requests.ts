import * as fs from 'fs';
import * as path from 'path';
import { aBoolean, aString, anObject, checkProp, listOf, mapOf, must, objectOf, optional, Rule } from '../../../private/check';
import { LazyApiError } from '../../../private/errors';
import { oddity, pathKind } from '../../path-kind';

/** A request that verification sends to a router. */
export interface SmokeRequest {
  readonly method: string;
  /** The path with its query string, as a client sends it. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the body is binary, and given in base64. */
  readonly isBase64Encoded?: boolean;
  /** What an authorizer passes to the function, as `requestContext.authorizer`. */
  readonly authorizer?: object;
  /** The status that the router must respond with. */
  readonly status: number;
}

/** A request as a file declares it. */
interface DeclaredRequest {
  readonly request: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
  readonly authorizer?: object;
}

const REQUEST = /^([A-Z]+) (\/\S*)$/;

const aRequest = must('a method and a path, like "GET /api/users?limit=1"', (value) => REQUEST.test(value as string));
const aStatus = must('a status from 100 to 599', (value) => Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599);
const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain;charset=UTF-8';

const anything: Rule = () => undefined;

const MEMBERS = {
  request: aRequest,
  ...optional({ status: aStatus, headers: mapOf(aString), body: anything, isBase64Encoded: aBoolean, authorizer: anObject }),
};

const REQUESTS = listOf((prop, value) => objectOf<DeclaredRequest>(MEMBERS)(prop, value)
  ?? unknownMemberProblem(prop, value as object) ?? base64Problem(prop, value as DeclaredRequest));

/** Without this check, a misspelled member would be ignored. */
function unknownMemberProblem(prop: string, value: object): string | undefined {
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(MEMBERS, name));
  return unknown === undefined ? undefined : `${prop}.${unknown} is unknown; the members are ${Object.keys(MEMBERS).join(', ')}`;
}

function base64Problem(prop: string, { isBase64Encoded, body }: DeclaredRequest): string | undefined {
  return isBase64Encoded && typeof body !== 'string' ? `${prop}.body must be base64, because isBase64Encoded is true` : undefined;
}

/**
 * Reads the requests of a JSON file. `file` is relative to the working directory.
 *
 * @param option what names the file, for errors
 */
export function readSmokeRequests(file: string, option = 'Verify.atSynth: requests'): SmokeRequest[] {
  const prop = `${option} (${file})`;
  const declared = parse(prop, file);
  checkProp('VERIFY', prop, declared, REQUESTS);
  return (declared as DeclaredRequest[]).map(toSmokeRequest);
}

function parse(prop: string, file: string): unknown {
  const kind = pathKind(path.resolve(file));
  if (kind !== 'a file') {
    throw new LazyApiError('VERIFY', `${prop} must be an existing file; looked for ${path.resolve(file)}${oddity(kind)}`);
  }
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new LazyApiError('VERIFY', `${prop} must be a JSON file: ${(cause as Error).message}`, { cause });
  }
}

/** A body that is not a string is sent as JSON, and a string as text, as `fetch` does. */
function toSmokeRequest({ request, status = 200, headers = {}, body, isBase64Encoded = false, authorizer }: DeclaredRequest): SmokeRequest {
  const [, method, target] = REQUEST.exec(request)!;
  const isJson = body !== undefined && typeof body !== 'string';
  return {
    method,
    target,
    headers: { ...!isBase64Encoded && body !== undefined && { 'content-type': isJson ? JSON_TYPE : TEXT_TYPE }, ...lowerCaseNames(headers) },
    ...body !== undefined && { body: isJson ? JSON.stringify(body) : body as string, isBase64Encoded },
    ...authorizer && { authorizer },
    status,
  };
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
