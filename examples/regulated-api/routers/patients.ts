import { getParameter, getSecret } from 'cdk-lazy-api/runtime';

interface DbCredentials {
  readonly username: string;
  readonly password: string;
}

/** Stands in for a database driver. A real driver rejects the old password after a rotation. */
async function query({ username }: DbCredentials, sql: string): Promise<unknown[]> {
  return [{ sql, username }];
}

export default {
  async fetch(): Promise<Response> {
    const sql = 'select id from patients';
    const patients = await query(await getSecret<DbCredentials>('DB_CREDENTIALS'), sql)
      // The secret was rotated after it was cached. Read it again, directly from AWS.
      .catch(async () => query(await getSecret<DbCredentials>('DB_CREDENTIALS', { refresh: true }), sql));
    return Response.json({ patients, flags: JSON.parse(await getParameter('FEATURE_FLAGS')) as unknown });
  },
};
