/** Both sides of each change that the guide shows are TypeScript, and the change shows all lines of the file. */
import * as ts from 'typescript';
import { codeBlocks } from '../support/docs';

const changes = codeBlocks('docs/migration.md').filter(({ language }) => language === 'diff').map(({ text }) => text);

/** The lines of one side. Lines without a mark are on both. */
function side(change: string, mark: '-' | '+'): string {
  return change.split('\n').filter((line) => line === '' || line.startsWith(' ') || line.startsWith(mark)).map((line) => line.slice(1)).join('\n');
}

function syntaxErrors(text: string): string[] {
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, experimentalDecorators: true };
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: options });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('the guide shows changes', () => {
  expect(changes.length).toBeGreaterThan(5);
});

test.each(changes.flatMap((change) => [side(change, '-'), side(change, '+')]))('a side of a change is TypeScript, %#', (text) => {
  expect(syntaxErrors(text)).toEqual([]);
});

test.each(changes)('a change names its file first, %#', (change) => {
  expect(change).toMatch(/^ \/\/ src\/[\w/.-]+\.ts\n/);
});

test('a mistake would be noticed', () => {
  expect(syntaxErrors('const a = ;')).not.toEqual([]);
});
