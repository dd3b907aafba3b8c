import { getSecretString } from 'cdk-lazy-api/runtime';

/** Stands for your code: with the key, it would call the search service. */
export default {
  async fetch(): Promise<Response> {
    const key = await getSecretString('SEARCH_KEY');
    return Response.json({ authorized: key.length > 0 });
  },
};
