/** What a request asks for. */
export interface RequestTarget {
  /** As sent, percent-encoded. */
  readonly path: string;
  /** Without `?`, as sent. */
  readonly query: string;
  /** The decoded parameters of the query string, in order. */
  readonly parameters: ReadonlyArray<readonly [name: string, value: string]>;
}

export function parseTarget(target: string): RequestTarget {
  const end = target.search(/[?#]/);
  const path = end < 0 ? target : target.slice(0, end);
  const query = end < 0 ? '' : target.slice(end + 1).split('#')[0];
  return { path, query, parameters: [...new URLSearchParams(query)] };
}

/** The path as an HTTP API passes it on: decoded, up to a decoded `?`, and preceded by the name of the stage unless it is the default stage. */
export function httpApiPath(target: string, stage: string): string {
  const decoded = decodePath(parseTarget(target).path).split('?')[0];
  return stage === '$default' ? decoded : `/${stage}${decoded}`;
}

/** Decodes each escape that is valid, and leaves the others unchanged. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => tolerantly(escapes));
  }
}

function tolerantly(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}
