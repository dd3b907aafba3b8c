/** The common parts of the apps in examples/languages. `npx projen test:languages` compares their templates if the tools are installed. */
import * as fs from 'fs';
import * as path from 'path';
import { EXAMPLES } from './support/examples';

/** TypeScript is missing, because its keys have no quotes. Its template is compared with that of the Python app. */
const APPS = { java: 'src/main/java/com/example/NotesApp.java', go: 'main.go', csharp: 'src/NotesApi/Program.cs' };
const MANIFESTS = { typescript: 'package.json', python: 'requirements.txt', java: 'pom.xml', csharp: 'src/NotesApi/NotesApi.csproj' };

const read = (language: string, file: string) => fs.readFileSync(path.join(EXAMPLES, 'languages', language, file), 'utf8');

/** The strings and numbers of an app, starting with the name of its stack. Imports come before it. */
function literals(language: string, file: string): string[] {
  const text = read(language, file);
  const app = text.slice(text.search(/["']NotesApi["']/));
  return [...app.matchAll(/["']([^"']*)["']|\b(\d[\d_]*)\b/g)].map(([, string, number]) => string ?? number.replace('_', '')).sort();
}

test.each(Object.entries(APPS))('the app in %s has the same names, paths, and values as the app in Python', (language, file) => {
  expect(literals(language, file)).toEqual(literals('python', 'app.py'));
});

test.each(Object.entries(MANIFESTS))('the app in %s requires the same version of aws-cdk-lib as go.mod', (language, file) => {
  const [, version] = /awscdk\/v2 v(\S+)/.exec(read('go', 'go.mod'))!;
  expect(read(language, file)).toMatch(new RegExp(`[^\\d.]${version.replace(/\./g, '\\.')}`));
});
