import * as path from 'path';

const TEST_FOLDER = /^tests?$/;

/** `pandas.tests`, `numpy._core.tests._natype`: a dotted name that passes through tests. */
const DOTTED = /[\w.]+\.tests?\b/g;

const RELATIVE_IMPORT = /^[ \t]*from[ \t]+(\.+)([\w.]*)[ \t]+import[ \t]+\(?([^\n#]*)/gm;

/**
 * Returns the directories with the tests of a distribution. One that another module of the distribution imports is not a test: `django.test`, for
 * example, or `numpy._core.tests`.
 *
 * @param sources the modules of the distribution, by their paths
 */
export function removableTests(sources: ReadonlyMap<string, string>): string[] {
  const folders = [...new Set([...sources.keys()].flatMap((file) => testFolderOf(file) ?? []))].sort();
  if (folders.length === 0) return [];
  const others = [...sources].filter(([file]) => testFolderOf(file) === undefined);
  const imported = others.flatMap(([file, text]) => importedNames(file, text));
  const isImported = (folder: string) => {
    const name = folder.split('/').join('.');
    return imported.some((other) => other === name || other.startsWith(`${name}.`));
  };
  return folders.filter((folder) => !isImported(folder));
}

/** The outermost directory with tests that a file is in. */
function testFolderOf(file: string): string | undefined {
  const parts = file.split('/').slice(0, -1);
  const at = parts.findIndex((part) => TEST_FOLDER.test(part));
  return at < 0 ? undefined : parts.slice(0, at + 1).join('/');
}

/** The names that may be modules with tests. A name in a comment or a string counts, which keeps more than needed. */
function importedNames(file: string, text: string): string[] {
  if (!/\btests?\b/.test(text)) return [];
  const absolute = [...text.matchAll(DOTTED)].map(([name]) => name);
  const topLevel = [...text.matchAll(/^[ \t]*(?:from|import)[ \t]+(tests?)\b/gm)].map(([, name]) => name);
  const relative = [...text.matchAll(RELATIVE_IMPORT)].flatMap(([, dots, module, names]) => {
    const base = [...packageOf(file, dots.length), ...module === '' ? [] : [module]].join('.');
    return [base, ...[...names.matchAll(/\w+/g)].map(([name]) => (base === '' ? name : `${base}.${name}`))];
  });
  return [...absolute, ...topLevel, ...relative];
}

/** The package that a relative import with so many dots starts from. */
function packageOf(file: string, dots: number): string[] {
  const folder = path.posix.dirname(file).split('/');
  return folder.slice(0, folder.length - (dots - 1)).filter((part) => part !== '.');
}
