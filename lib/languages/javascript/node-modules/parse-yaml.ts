import * as yaml from 'js-yaml';

const BOOLEAN = new yaml.Type('tag:yaml.org,2002:bool', {
  kind: 'scalar',
  resolve: (text) => text === 'true' || text === 'false',
  construct: (text) => text === 'true',
});

/** Text and booleans. Numbers stay text, because a version may look like a number. */
const SCHEMA = yaml.FAILSAFE_SCHEMA.extend({ implicit: [BOOLEAN] });

/** Reads a lock file. pnpm 11 and newer may put its own document in front. Throws a SyntaxError, for example for conflict markers. */
export function parseYaml(text: string): object {
  const last = load(text).at(-1) ?? {};
  if (typeof last !== 'object') throw new SyntaxError(`unexpected "${String(last).split('\n')[0]}"`);
  return last;
}

/** The rest of js-yaml's message is an excerpt of the file. */
function load(text: string): unknown[] {
  try {
    return yaml.loadAll(text, undefined, { schema: SCHEMA });
  } catch (cause) {
    throw new SyntaxError((cause as Error).message.split('\n')[0], { cause });
  }
}
