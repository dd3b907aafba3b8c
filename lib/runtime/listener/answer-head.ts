/**
 * The head of an HTTP/1.1 response, as Node.js writes it.
 */

export interface AnswerHead {
  readonly statusCode: number;
  /** Names in lowercase. A name may occur several times. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
}

/** They apply to a connection. The endpoint has its own connection, without trailers: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const OF_THE_CONNECTION = /^(connection|keep-alive|proxy-connection|trailer|transfer-encoding|upgrade)$/;

export function parseHead(text: string): AnswerHead {
  const [status, ...lines] = text.split('\r\n');
  const pairs = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return { statusCode: parseInt(status.split(' ')[1]), headers: pairs.filter(([name]) => !OF_THE_CONNECTION.test(name)) };
}
