import { getSecretString } from 'cdk-lazy-api/runtime';

/** Stands in for your code, which would use the key to call the search service. */
export default {
  async fetch(): Promise<Response> {
    const key = await getSecretString('SEARCH_KEY');
    return Response.json({ authorized: key.length > 0 });
  },
};
