import { getParameter, getSecret } from 'cdk-lazy-api/runtime';

interface DbCredentials {
  readonly username: string;
  readonly password: string;
}

/** Stands for a database driver: a real one refuses the password that was valid before a rotation. */
async function query({ username }: DbCredentials, sql: string): Promise<unknown[]> {
  return [{ sql, username }];
}

export default {
  async fetch(): Promise<Response> {
    const sql = 'select id from patients';
    const patients = await query(await getSecret<DbCredentials>('DB_CREDENTIALS'), sql)
      // Rotated since it was cached: ask again, and AWS itself this time.
      .catch(async () => query(await getSecret<DbCredentials>('DB_CREDENTIALS', { refresh: true }), sql));
    return Response.json({ patients, flags: JSON.parse(await getParameter('FEATURE_FLAGS')) as unknown });
  },
};
