import { readBytes } from './api-options';
import { Arguments } from './arguments';
import { UsageError } from './usage-error';
import { headerOf, HttpHeaders, HttpRequest } from '../gateway/http-message';

const SOURCE_IP = '127.0.0.1';

/** Headers that the client and the endpoint add. */
const ADDED: HttpHeaders = [
  ['host', 'localhost'], ['user-agent', 'lazy-api'], ['x-forwarded-for', SOURCE_IP], ['x-forwarded-port', '443'], ['x-forwarded-proto', 'https'],
];

/** The request that the arguments of `invoke` describe. A request with data is a POST, as in curl. */
export function toRequest(target: string, args: Arguments): HttpRequest {
  if (!/^\/\S*$/.test(target)) throw new UsageError(`PATH must start with "/" and have no spaces, got "${target}"; for example /api/users?limit=1`);
  const data = args.text('data');
  const body = data === undefined ? undefined : dataOf(data);
  const method = (args.text('method') ?? (body ? 'POST' : 'GET')).toUpperCase();
  if (!/^[A-Z]+$/.test(method)) throw new UsageError(`--method must be a method, like GET, got "${method}"`);
  const given = args.list('header').map(parseHeader);
  const type: HttpHeaders = body ? [['content-type', isJson(body) ? 'application/json' : 'text/plain;charset=UTF-8']] : [];
  const defaults = [...ADDED, ...type].filter(([name]) => headerOf(given, name) === undefined);
  return { method, target, headers: [...defaults, ...given], body, sourceIp: SOURCE_IP };
}

function dataOf(data: string): Buffer {
  return data.startsWith('@') ? readBytes('--data', data.slice(1)) : Buffer.from(data);
}

/** Errors never show a value, because it may be a token. */
function parseHeader(header: string): readonly [name: string, value: string] {
  const [, name, value] = /^([^\s:]+):\s*([^\r\n]*)$/.exec(header) ?? [];
  if (name === undefined) throw new UsageError(`--header must be "NAME: VALUE"${header.includes(':') ? '' : ', got one without a ":"'}`);
  return [name, value];
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}
