/** Both sides of each diff in the guide are valid TypeScript, and each diff shows all lines of its file. */
import * as ts from 'typescript';
import { codeBlocks } from '../support/docs';

const changes = codeBlocks('docs/migration.md').filter(({ language }) => language === 'diff').map(({ text }) => text);

/** The lines of one side. Lines without a mark belong to both sides. */
function side(change: string, mark: '-' | '+'): string {
  return change.split('\n').filter((line) => line === '' || line.startsWith(' ') || line.startsWith(mark)).map((line) => line.slice(1)).join('\n');
}

function syntaxErrors(text: string): string[] {
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, experimentalDecorators: true };
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: options });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('the guide contains diffs', () => {
  expect(changes.length).toBeGreaterThan(5);
});

test.each(changes.flatMap((change) => [side(change, '-'), side(change, '+')]))('each side of a diff is valid TypeScript, %#', (text) => {
  expect(syntaxErrors(text)).toEqual([]);
});

test.each(changes)('each diff starts with its file name, %#', (change) => {
  expect(change).toMatch(/^ \/\/ src\/[\w/.-]+\.ts\n/);
});

test('the test detects a syntax error', () => {
  expect(syntaxErrors('const a = ;')).not.toEqual([]);
});
