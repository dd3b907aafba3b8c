import { randomBytes } from 'node:crypto';

/** `newId('pt')` returns IDs such as `pt-0mfk3…`. They sort by creation time, so inserts go to the end of the index. */
export function newId(prefix: string): string {
  const time = Date.now().toString(36).padStart(9, '0');
  return `${prefix}-${time}${randomBytes(5).toString('hex')}`;
}
