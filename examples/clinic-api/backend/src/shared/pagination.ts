import * as z from 'zod';

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
});

export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

/** Cursor-based pages over rows ordered by ID. Rows that are added between two requests do not move page boundaries. */
export function paginate<T extends { id: string }>(rows: T[], { limit, cursor }: z.output<typeof pageQuery>): Page<T> {
  const after = cursor ? Buffer.from(cursor, 'base64url').toString() : '';
  const rest = rows.filter((row) => row.id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return last && rest.length > limit ? { items, nextCursor: Buffer.from(last.id).toString('base64url') } : { items };
}
