import { randomBytes } from 'node:crypto';

/** `newId('pt')` gives ids such as `pt-0mfk3…`: they sort by the time they were made, so inserts stay at the index's end. */
export function newId(prefix: string): string {
  const time = Date.now().toString(36).padStart(9, '0');
  return `${prefix}-${time}${randomBytes(5).toString('hex')}`;
}
