/** Stands for your code: with the table's name, it would query the table. */
export default {
  fetch: (request: Request) => Response.json({ table: process.env.NOTES_TABLE, path: new URL(request.url).pathname }),
};
