/** Stands in for your code, which would use the table's name to query the table. */
export default {
  fetch: (request: Request) => Response.json({ table: process.env.NOTES_TABLE, path: new URL(request.url).pathname }),
};
