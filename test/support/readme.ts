import * as fs from 'fs';
import * as path from 'path';

export interface CodeBlock {
  readonly language: string;
  readonly text: string;
  /** The file that the block is, where its first line says so: `// src/routers/users.ts`. */
  readonly file?: string;
}

/** The code blocks of README.md, in their order. */
export function readmeBlocks(): CodeBlock[] {
  const readme = fs.readFileSync(path.join(__dirname, '../..', 'README.md'), 'utf8');
  return [...readme.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, language, text]) => ({ language, text, file: /^\/\/ (\S+\.ts)$/m.exec(text.split('\n')[0])?.[1] }));
}

/** The blocks of one section. */
export function readmeSection(title: string): CodeBlock[] {
  const readme = fs.readFileSync(path.join(__dirname, '../..', 'README.md'), 'utf8');
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${title}\n`));
  if (section === undefined) throw new Error(`README.md has no section "${title}"`);
  return readmeBlocks().filter(({ text }) => section.includes(text));
}
