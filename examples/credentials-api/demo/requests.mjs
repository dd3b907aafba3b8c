import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coldStart } from './cold-start.mjs';

const CREDENTIALS = 'username=admin%40credentials.example&password=demo';

/** The request for each router, with the token of an administrator, which the function itself issues. */
export async function readRequests(python, fn) {
  const requests = JSON.parse(readFileSync(join(import.meta.dirname, '../requests.json'), 'utf8'));
  const auth = requests.find(({ router }) => router === 'auth');
  const { response } = await coldStart(python, fn, { ...auth, body: CREDENTIALS });
  const authorization = `Bearer ${JSON.parse(response.body).access_token}`;
  return requests.map((request) => ({ ...request, headers: { ...request.headers, authorization } }));
}
