/** Lines that are written once instead of with every request. */
import { NoticeCode } from '../../contract/error-codes';
import { Log, LogFields } from '../log';

export type Notify = (level: 'INFO' | 'WARN', code: NoticeCode, message: string, fields: LogFields) => void;

/** Callers choose header names, so the number of remembered lines is limited. */
const MAX_NOTICES = 100;

export function createNotify(log: Log): Notify {
  const said = new Set<string>();
  return (level, code, message, fields) => {
    const key = JSON.stringify([code, fields.router, fields.header]);
    if (said.has(key) || said.size >= MAX_NOTICES) return;
    said.add(key);
    log(level, code, message, fields);
  };
}
