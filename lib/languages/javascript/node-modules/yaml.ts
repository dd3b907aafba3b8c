/** A value of a lock file. Numbers stay text. */
export type Yaml = string | boolean | readonly Yaml[] | YamlMap;
export interface YamlMap { readonly [key: string]: Yaml }

interface Line { readonly indent: number; readonly text: string }

const SCALAR = /'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"/.source;
const KEY = new RegExp(`^(${SCALAR}|[^\\s'"{[].*?):(?: (.*))?$`);
const FLOW_TOKEN = new RegExp(`\\s*(${SCALAR}|[{}[\\],]|:(?= )|[^\\s'"{}[\\],](?:[^,{}[\\]:]|:(?! ))*)`, 'y');

/**
 * Reads the part of YAML that pnpm and Yarn write into their lock files. Throws a SyntaxError for everything else, as for the marks of a conflict.
 * Of a large file, little is needed: a map inside another is read when it is asked for.
 */
export function parseYaml(text: string): YamlMap {
  const lines = lastDocument(text).split(/\r?\n/)
    .filter((line) => /^\s*[^\s#]/.test(line))
    .map((line) => ({ indent: line.search(/\S/), text: line.trim() }));
  return toMap(lines);
}

/** pnpm 11 and newer may write what it installs for itself into a document of its own, in front. */
function lastDocument(text: string): string {
  return text.split(/^---$/m).at(-1)!;
}

function toMap(lines: readonly Line[]): YamlMap {
  const map: Record<string, Yaml> = {};
  for (let at = 0; at < lines.length;) {
    const { key, inline, size } = keyAt(lines, at);
    const start = at + size;
    at = endOf(lines, start, lines[0].indent);
    const below = lines.slice(start, at);
    Object.defineProperty(map, key, { enumerable: true, configurable: true, get: () => remember(map, key, toValue(inline, below)) });
  }
  return map;
}

function remember(map: object, key: string, value: Yaml): Yaml {
  Object.defineProperty(map, key, { enumerable: true, value });
  return value;
}

/** A long key has a line of its own: `? key`, and then `:`. */
function keyAt(lines: readonly Line[], at: number): { readonly key: string; readonly inline?: string; readonly size: number } {
  const { text, indent } = lines[at];
  if (text.startsWith('? ') && lines[at + 1]?.text === ':') return { key: String(toScalar(text.slice(2))), size: 2 };
  const match = KEY.exec(text);
  if (!match || indent !== lines[0].indent) throw new SyntaxError(`unexpected "${text}"`);
  return { key: String(toScalar(match[1])), inline: match[2], size: 1 };
}

/** Where the value of a key ends. The items of a list may be as far to the left as the key. */
function endOf(lines: readonly Line[], start: number, indent: number): number {
  let at = start;
  while (at < lines.length && (lines[at].indent > indent || (lines[at].indent === indent && lines[at].text.startsWith('- ')))) at += 1;
  return at;
}

function toValue(inline: string | undefined, below: readonly Line[]): Yaml {
  // Text of several lines. Its line breaks do not matter here.
  if (inline !== undefined && /^[|>][+-]?$/.test(inline)) return below.map(({ text }) => text).join('\n');
  if (inline !== undefined && below.length > 0) throw new SyntaxError(`unexpected "${below[0].text}"`);
  if (inline !== undefined) return /^[{[]/.test(inline) ? toCollection(inline) : toScalar(inline);
  return below[0]?.text.startsWith('- ') ? below.map(({ text }) => toScalar(text.slice(2))) : toMap(below);
}

function toScalar(text: string): string | boolean {
  if (text.startsWith('\'')) return text.slice(1, -1).replaceAll('\'\'', '\'');
  if (text.startsWith('"')) return JSON.parse(text) as string;
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** `{integrity: sha512-...}` and `[arm64, x64]`. */
function toCollection(text: string): Yaml {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; at = FLOW_TOKEN.lastIndex) {
    FLOW_TOKEN.lastIndex = at;
    const match = FLOW_TOKEN.exec(text);
    if (!match) throw new SyntaxError(`unexpected "${text}"`);
    tokens.push(match[1].trim());
  }
  const json = tokens.map((token) => (/^[{}[\],:]$/.test(token) ? token : JSON.stringify(toScalar(token)))).join('');
  return JSON.parse(json) as Yaml;
}
