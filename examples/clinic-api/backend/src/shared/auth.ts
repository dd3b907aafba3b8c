import type { MiddlewareHandler } from 'hono';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Role } from './model';
import { Problem } from './problem';
import type { Env } from './router';

export interface User {
  id: string;
  name: string;
  roles: Role[];
}

// Without an identity provider, this is the demo clinic: all data is fictional, and every caller is this user.
const demoUser: User = { id: 'u-demo', name: 'Demo Administrator', roles: ['admin'] };

let keys: JWTVerifyGetKey | undefined;

export async function authenticate(authorization: string | undefined): Promise<User> {
  const issuer = process.env.AUTH_ISSUER;
  if (!issuer) return demoUser;
  const [scheme, token] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !token) throw new Problem(401, 'A bearer token is needed');
  keys ??= createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience: process.env.AUTH_AUDIENCE });
    return { id: payload.sub ?? '', name: String(payload.name ?? ''), roles: (payload.roles ?? []) as Role[] };
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new Problem(401, `The bearer token is not valid (${error.code})`);
    throw error;
  }
}

/** Admits staff with one of these roles, and administrators. */
export function allow(...roles: Role[]): MiddlewareHandler<Env> {
  return async (c, next) => {
    const user = await authenticate(c.req.header('authorization'));
    if (!user.roles.some((role) => role === 'admin' || roles.includes(role))) {
      throw new Problem(403, `This needs one of the roles ${['admin', ...roles].join(', ')}`);
    }
    c.set('user', user);
    await next();
  };
}
