// Synthesizes examples/languages in every language with the packages that a release would publish, and compares the templates with TypeScript's.
// `node scripts/test-languages.mjs python java` tests these languages only. A language whose tools are missing is skipped, unless
// LAZY_API_REQUIRE_LANGUAGES lists it. dist/languages keeps packages and downloads for the next run.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LANGUAGES, mavenRepository } from './languages/languages.mjs';
import { isInstalled, run } from './languages/run.mjs';

const EXAMPLES = 'examples/languages';
const KEPT = join(process.cwd(), 'dist/languages');
/** Go pins the version of aws-cdk-lib. The other languages use the same one, so that their templates are comparable. */
const [, CDK_VERSION] = /awscdk\/v2 v(\S+)/.exec(readFileSync(join(EXAMPLES, 'go/go.mod'), 'utf8'));

const chosen = process.argv.slice(2);
const required = (process.env.LAZY_API_REQUIRE_LANGUAGES ?? '').split(',').filter(Boolean);
const unknown = [...chosen, ...required].filter((name) => !(name in LANGUAGES));
if (unknown.length > 0) throw new Error(`unknown languages: ${unknown.join(', ')}; use ${Object.keys(LANGUAGES).join(', ')}`);

// A copy outside the repository cannot find the repository's packages.
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'languages-')));
const counts = { passed: 0, failed: 0, skipped: 0 };
try {
  cpSync(EXAMPLES, scratch, { recursive: true });
  mkdirSync(KEPT, { recursive: true });
  const tested = Object.keys(LANGUAGES).filter((name) => name !== 'typescript' && (chosen.length === 0 || chosen.includes(name)));
  const expected = synthesize('typescript', tested.filter((name) => missingTools(name).length === 0).flatMap(stacksOf));
  for (const name of tested) {
    const started = Date.now();
    const { result, text } = compare(name, expected);
    counts[result] += 1;
    console.log(`${name}: ${text} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`Tests: ${counts.failed} failed, ${counts.skipped} skipped, ${counts.passed} passed`);
process.exitCode = counts.failed > 0 ? 1 : 0;

function compare(name, expected) {
  const missing = missingTools(name);
  if (missing.length > 0) return { result: required.includes(name) ? 'failed' : 'skipped', text: `not tested, ${missing.join(' and ')} is missing` };
  try {
    const stacks = stacksOf(name);
    const templates = synthesize(name, stacks);
    const different = stacks.flatMap((stack) => differences(templates[stack], expected[stack]).map((path) => `${stack}.${path}`));
    if (different.length > 0) return { result: 'failed', text: `the templates differ from TypeScript's: ${different.join(', ')}` };
    return { result: 'passed', text: `equal to TypeScript's: the templates of ${stacks.join(' and ')}` };
  } catch (error) {
    return { result: 'failed', text: error.message };
  }
}

function missingTools(name) {
  return Object.entries(LANGUAGES[name].tools).filter(([tool, args]) => !isInstalled(tool, args)).map(([tool]) => tool);
}

/** The stacks of the apps in a language. */
function stacksOf(name) {
  return ['NotesApi', ...Object.keys(LANGUAGES[name].apps ?? {})];
}

/** The paths of differences, two levels deep: `Resources.Notes`. */
function differences(template, expected) {
  const sections = Object.keys({ ...expected, ...template });
  return sections.flatMap((section) => Object.keys({ ...expected[section], ...template[section] })
    .filter((id) => !isDeepStrictEqual(template[section]?.[id], expected[section]?.[id]))
    .map((id) => `${section}.${id}`));
}

/** The templates of the examples in this language, by stack, made by the commands of its README. */
function synthesize(name, stacks) {
  const language = LANGUAGES[name];
  const packages = join(KEPT, 'packages');
  const options = ['--target', language.target, '--outdir', packages, '--maven-local-repository', mavenRepository(KEPT), ...(language.codeOnly ? ['--code-only'] : [])];
  run(process.execPath, ['node_modules/jsii-pacmak/bin/jsii-pacmak', ...options], { cwd: process.cwd() });

  const app = join(scratch, name);
  const env = language.install({ app, packages: join(packages, language.target), kept: KEPT, cdkVersion: CDK_VERSION }) ?? {};
  return Object.fromEntries([...new Set(stacks)].map((stack) => [stack, templateOf(stack, { app, env, command: language.apps?.[stack] })]));
}

/** Runs the command of the app, or that of its cdk.json. */
function templateOf(stack, { app, env, command }) {
  // Version reporting adds the language to the template.
  const options = ['synth', '--quiet', '--no-version-reporting', '--no-notices', ...(command === undefined ? [] : ['--app', command])];
  run(process.execPath, [join(process.cwd(), 'node_modules/aws-cdk/bin/cdk'), ...options], { cwd: app, env });
  return JSON.parse(readFileSync(join(app, 'cdk.out', `${stack}.template.json`), 'utf8'));
}
