import * as fs from 'fs';
import { normalizeName, Requirements } from '../requirements/requirement';

/** A table of TOML, up to the next one. */
const TABLE = /^\[([^\]]+)\]\s*$/m;

/** The tables that name packages as keys: `fastapi = "^0.115"`. */
const KEYS = /^(packages|tool\.poetry\.dependencies)$/;

/** Notes which packages the project asks for itself. What cannot be read is not noted. */
export function readDirectNames(requirements: Requirements, file: string): Requirements {
  const names = fs.existsSync(file) ? directNames(fs.readFileSync(file, 'utf8')) : new Set<string>();
  if (names.size === 0) return requirements;
  return { ...requirements, requirements: requirements.requirements.map((one) => ({ ...one, isDirect: names.has(one.name) })) };
}

/** Whether a pyproject.toml asks for any package. */
export function asksForPackages(pyproject: string): boolean {
  return directNames(pyproject).size > 0;
}

function directNames(toml: string): Set<string> {
  const names = tablesOf(toml).flatMap(([table, text]) => {
    if (KEYS.test(table)) return [...text.matchAll(/^["']?([A-Za-z0-9][\w.-]*)["']?\s*=/gm)].map(([, name]) => name);
    return table === 'project' ? listedNames(text) : [];
  });
  return new Set(names.map(normalizeName).filter((name) => name !== 'python'));
}

/** `dependencies = ["fastapi>=0.115", "uvicorn[standard]"]`. The brackets of extras are in strings. */
function listedNames(text: string): string[] {
  const [, list = ''] = /^dependencies\s*=\s*\[((?:[^\]"'#]|"[^"]*"|'[^']*'|#.*)*)\]/m.exec(text) ?? [];
  return [...list.replace(/#.*$/gm, '').matchAll(/["']\s*([A-Za-z0-9][\w.-]*)[^"']*["']/g)].map(([, name]) => name);
}

function tablesOf(toml: string): Array<[table: string, text: string]> {
  const [, ...parts] = toml.split(new RegExp(TABLE, 'gm'));
  return parts.flatMap((part, i) => (i % 2 === 0 ? [[part.trim(), parts[i + 1] ?? ''] as [string, string]] : []));
}
