/** What an endpoint knows about a request in addition to its bytes. */
export interface EventContext {
  readonly requestId: string;
  readonly time: Date;
  readonly domainName: string;
  readonly stage: string;
  /** The route that matched: `ANY` and `/users/{proxy+}`. Undefined for a function URL, and for `$default`. */
  readonly route?: MatchedRoute;
  /** The authorizer context, in the shape of the payload format. */
  readonly authorizer?: object;
  readonly accountId?: string;
  readonly apiId?: string;
}

export interface MatchedRoute {
  readonly method: string;
  /** The path as the API declares it. */
  readonly path: string;
  /** The values of its variables, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

export const ACCOUNT_ID = '123456789012';
export const API_ID = 'local';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The time as API Gateway writes it: `12/Mar/2020:19:03:58 +0000`. */
export function commonLogTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${two(time.getUTCDate())}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}`;
  return `${date}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`;
}
