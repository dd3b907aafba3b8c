/** A value of a lock file. Numbers stay text. */
export type Yaml = string | boolean | readonly Yaml[] | YamlMap;
export interface YamlMap { readonly [key: string]: Yaml }

interface Line { readonly indent: number; readonly text: string }

const SCALAR = /'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"/.source;
const KEY = new RegExp(`^(${SCALAR}|[^\\s'"{[].*?):(?: (.*))?$`);
const FLOW_TOKEN = new RegExp(`\\s*(${SCALAR}|[{}[\\],]|:(?= )|[^\\s'"{}[\\],](?:[^,{}[\\]:]|:(?! ))*)`, 'y');

/** Reads the part of YAML that pnpm and Yarn write into their lock files. Throws a SyntaxError for everything else, as for the marks of a conflict. */
export function parseYaml(text: string): YamlMap {
  const lines = lastDocument(text).split(/\r?\n/)
    .filter((line) => /^\s*[^\s#]/.test(line))
    .map((line) => ({ indent: line.search(/\S/), text: line.trim() }));
  const reader = new Reader(lines);
  const value = lines.length === 0 ? {} : reader.map(0);
  reader.checkEnd();
  return value;
}

/** pnpm 11 and newer may write what it installs for itself into a document of its own, in front. */
function lastDocument(text: string): string {
  return text.split(/^---$/m).at(-1)!;
}

class Reader {
  private at = 0;

  constructor(private readonly lines: readonly Line[]) {}

  public map(indent: number): YamlMap {
    const entries: Array<[string, Yaml]> = [];
    while (this.lines[this.at]?.indent === indent) {
      const [key, inline] = this.key(this.lines[this.at].text);
      this.at += 1;
      entries.push([key, this.value(inline, indent)]);
    }
    return Object.fromEntries(entries);
  }

  public checkEnd(): void {
    if (this.at < this.lines.length) throw new SyntaxError(`unexpected "${this.lines[this.at].text}"`);
  }

  /** A long key has a line of its own: `? key`, and then `:`. */
  private key(text: string): [key: string, inline: string | undefined] {
    if (text.startsWith('? ') && this.lines[this.at + 1]?.text === ':') {
      this.at += 1;
      return [String(scalar(text.slice(2))), undefined];
    }
    const match = KEY.exec(text);
    if (!match) throw new SyntaxError(`unexpected "${text}"`);
    return [String(scalar(match[1])), match[2]];
  }

  private value(inline: string | undefined, indent: number): Yaml {
    if (inline !== undefined && /^[|>][+-]?$/.test(inline)) return this.block(indent);
    if (inline !== undefined) return /^[{[]/.test(inline) ? flow(inline) : scalar(inline);
    const next = this.lines[this.at];
    if (next?.text.startsWith('- ') && next.indent >= indent) return this.list(next.indent);
    return next !== undefined && next.indent > indent ? this.map(next.indent) : {};
  }

  private list(indent: number): Yaml[] {
    const items: Yaml[] = [];
    for (; this.lines[this.at]?.indent === indent && this.lines[this.at].text.startsWith('- '); this.at += 1) {
      items.push(scalar(this.lines[this.at].text.slice(2)));
    }
    return items;
  }

  /** Text of several lines. Its line breaks do not matter here. */
  private block(indent: number): string {
    const start = this.at;
    while (this.lines[this.at]?.indent > indent) this.at += 1;
    return this.lines.slice(start, this.at).map(({ text }) => text).join('\n');
  }
}

function scalar(text: string): string | boolean {
  if (text.startsWith('\'')) return text.slice(1, -1).replaceAll('\'\'', '\'');
  if (text.startsWith('"')) return JSON.parse(text) as string;
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

/** `{integrity: sha512-...}` and `[arm64, x64]`. */
function flow(text: string): Yaml {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; at = FLOW_TOKEN.lastIndex) {
    FLOW_TOKEN.lastIndex = at;
    const match = FLOW_TOKEN.exec(text);
    if (!match) throw new SyntaxError(`unexpected "${text}"`);
    tokens.push(match[1].trim());
  }
  const json = tokens.map((token) => (/^[{}[\],:]$/.test(token) ? token : JSON.stringify(scalar(token)))).join('');
  return JSON.parse(json) as Yaml;
}
