import { BuiltCode } from '../../routers/built-code';

type Imports = BuiltCode['imports'];

/** Distinguishes barrels from other modules, and reads modules. */
export interface Sources {
  isBarrel(file: string): boolean;
  read(file: string): string;
}

/** Exports whose names cannot be determined from the text alone. */
const UNKNOWN_EXPORTS = /\bexport\s+(?:default|\*)|\bmodule\.exports\b|\bexports\./;

/** The name in `export const name`, and the list in `export { name }`. */
const DECLARED = /\bexport\s+(?:(?:declare|abstract|async|const(?=\s+enum))\s+)*(?:function\s*\*?|class|const|let|var|enum|namespace)\s+([\w$]+)/g;
const LISTED = /\bexport\s*\{([^}]*)\}/g;

/**
 * The imports of each module if it imported from the modules behind the barrels, and only from those whose exports it mentions.
 * If the text of a module is ambiguous, its imports stay unchanged.
 */
export function pastBarrels(imports: Imports, sources: Sources): Imports {
  return Object.fromEntries(Object.entries(imports).map(([file, imported]) => {
    const barrels = sources.isBarrel(file) ? [] : imported.filter((other) => sources.isBarrel(other));
    if (barrels.length === 0) return [file, imported];
    const text = sources.read(file);
    const needed = /\bexport\s*\*/.test(text) ? barrels : behind(barrels, imports, sources).filter((other) => mentionsExportOf(other, text, sources));
    return [file, [...new Set([...imported.filter((other) => !barrels.includes(other)), ...needed])]];
  }));
}

/** The modules behind barrels. A barrel that renames their exports counts as one of them. */
function behind(barrels: readonly string[], imports: Imports, sources: Sources): string[] {
  const passes = (file: string) => sources.isBarrel(file) && !/\bas\b/.test(sources.read(file));
  const found = new Set(barrels);
  for (const file of found) {
    if (passes(file)) imports[file].forEach((other) => found.add(other));
  }
  return [...found].filter((file) => !passes(file));
}

/** A module without exports is imported for its side effects. */
function mentionsExportOf(file: string, text: string, { read }: Sources): boolean {
  if (file.includes('node_modules/')) return true;
  const source = read(file);
  if (UNKNOWN_EXPORTS.test(source)) return true;
  const names = [
    ...[...source.matchAll(DECLARED)].map(([, name]) => name),
    ...[...source.matchAll(LISTED)].flatMap(([, list]) => list.split(',').map(exportedName)),
  ];
  const words = new Set(text.match(/[\w$]+/g));
  return names.length === 0 || names.some((name) => words.has(name));
}

/** `local as name` exports `name`. */
function exportedName(item: string): string {
  return item.trim().split(/\s+/).pop()!;
}
