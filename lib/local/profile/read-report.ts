import * as fs from 'node:fs';
import { PROFILE_VERSION, ProfileReport } from './profile-report';
import { LocalError } from '../local-error';

/** Reads what `lazy-api profile --json` has written. */
export function readReport(option: string, file: string): ProfileReport {
  const report = parse(option, file) as Partial<ProfileReport> | null;
  if (report?.version === PROFILE_VERSION && report.counters) return report as ProfileReport;
  throw new LocalError(`${option} must be a file that "lazy-api profile --json" of this version has written, got "${file}" with version `
    + `${JSON.stringify(report?.version) ?? 'none'}; write it again on the base branch`);
}

function parse(option: string, file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new LocalError(`${option} must be a file that "lazy-api profile --json" has written, got "${file}": ${(error as Error).message}`);
  }
}
