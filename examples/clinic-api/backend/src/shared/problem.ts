import { STATUS_CODES } from 'node:http';

/** An error that is returned to the client as RFC 9457 problem details. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(detail);
  }

  toResponse(): Response {
    const { status, detail, extensions } = this;
    return Response.json(
      { type: 'about:blank', title: STATUS_CODES[status], status, detail, ...extensions },
      { status, headers: { 'content-type': 'application/problem+json' } },
    );
  }
}

export const notFound = (what: string, id: string) => new Problem(404, `${what} ${id} does not exist`);
export const conflict = (detail: string, extensions?: Record<string, unknown>) => new Problem(409, detail, extensions);
export const unprocessable = (detail: string, extensions?: Record<string, unknown>) =>
  new Problem(422, detail, extensions);

/** Throws a 404 in an expression: `await patients.get(id) ?? missing('Patient', id)`. */
export function missing(what: string, id: string): never {
  throw notFound(what, id);
}
