import * as fs from 'fs';
import * as path from 'path';
import { RouterDeclaration } from './declaration';
import { oddity, pathKind } from './path-kind';
import { LazyApiError } from '../private/errors';
import { findConflicts } from '../routing/conflicts';
import { ParsedPrefix, parsePrefix } from '../routing/prefix';
import { isProblem } from '../routing/problem';

/** A router that can be built. */
export interface ResolvedRouter extends ParsedPrefix {
  /** Unique within the API. It names the chunk. */
  readonly name: string;
  /** Relative to the project root, with `/` on every platform. */
  readonly entry: string;
  readonly preload: boolean;
  readonly stripPrefix: boolean;
  /** The share of cold starts. The shares of all routers add up to 1. */
  readonly share: number;
  /** True for the application that includes the other routers and serves all other paths. */
  readonly isApplication?: true;
}

/** Where the source files of routers are. */
export interface SourceLayout {
  readonly projectRoot: string;
  /** The prop that sets the project root. */
  readonly projectRootProp: string;
  /** Endings that a path may lack: `.ts`, `/index.ts`. */
  readonly endings: readonly string[];
}

/** Checks the declarations against each other and the disk. Returns the routers, sorted by prefix. */
export function resolveRouters(declarations: readonly RouterDeclaration[], layout: SourceLayout): ResolvedRouter[] {
  const sorted = [...declarations].sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0));
  const parsed = sorted.map(parse);
  const [conflict] = findConflicts(parsed);
  if (conflict) throw new LazyApiError(conflict.code, conflict.message + describeTwins(sorted));

  const names = uniqueNames(sorted);
  const shares = sharesOf(sorted);
  return sorted.map((declaration, i) => ({
    ...parsed[i],
    name: names[i],
    entry: entryWithin(layout, declaration),
    preload: declaration.options.preload ?? false,
    stripPrefix: declaration.options.stripPrefix ?? true,
    share: shares[i],
  }));
}

/** The routers that claim one prefix, as the user named them. */
function describeTwins(declarations: readonly RouterDeclaration[]): string {
  const twins = declarations.filter(({ prefix }, i) => [i - 1, i + 1].some((other) => declarations[other]?.prefix === prefix));
  return twins.length === 0 ? '' : `, got ${twins.map(({ label }) => label).join(' and ')}`;
}

function parse({ prefix, label }: RouterDeclaration): ParsedPrefix {
  const parsed = parsePrefix(prefix);
  if (isProblem(parsed)) throw new LazyApiError(parsed.code, `${label}: ${parsed.message}`);
  return parsed;
}

function entryWithin({ projectRoot, projectRootProp, endings }: SourceLayout, { entry, typed, label }: RouterDeclaration): string {
  const kind = pathKind(entry);
  if (kind !== 'a file') {
    throw new LazyApiError('ENTRY_MISSING', `${label}: entry must be an existing file, got "${typed}"${describeMissing(entry, kind, endings)}`);
  }
  const root = fs.realpathSync(projectRoot);
  const relative = path.relative(root, fs.realpathSync(entry));
  if (relative.startsWith('..') || path.isAbsolute(relative)) {
    throw new LazyApiError(
      'ENTRY_OUTSIDE_PROJECT',
      `${label}: entry must lie inside the project, got "${typed}", which is ${fs.realpathSync(entry)}; `
      + `the project root is ${root}, set ${projectRootProp} if it should be another`,
    );
  }
  return relative.split(path.sep).join('/');
}

function describeMissing(entry: string, kind: string, endings: readonly string[]): string {
  const guess = endings.map((ending) => entry + ending).find((file) => fs.existsSync(file));
  return guess ? `; did you mean "${guess}"?` : `; looked for ${entry}${oddity(kind)}`;
}

/** The declared share of each router. The other routers divide the rest equally. */
function sharesOf(declarations: readonly RouterDeclaration[]): number[] {
  let declared = 0;
  let undeclared = 0;
  for (const { label, options: { trafficShare } } of declarations) {
    if (trafficShare === undefined) {
      undeclared++;
    } else if (!(trafficShare > 0 && trafficShare <= 1)) {
      throw new LazyApiError('TRAFFIC_SHARE', `${label}: trafficShare must be a fraction, more than 0 and at most 1, got ${trafficShare}`);
    } else {
      declared += trafficShare;
    }
  }
  if (declared > 1 + 1e-9) {
    throw new LazyApiError('TRAFFIC_SHARE', `the sum of trafficShare over all routers must be at most 1, got ${Number(declared.toFixed(4))}`);
  }
  const rest = undeclared === 0 ? 0 : Math.max(0, 1 - declared) / undeclared;
  const total = undeclared === 0 ? declared : 1;
  return declarations.map(({ options }) => (options.trafficShare ?? rest) / total);
}

/** The declared name, or otherwise the last literal of the prefix, or the complete prefix if that is not unique. */
function uniqueNames(declarations: readonly RouterDeclaration[]): string[] {
  const short = declarations.map(({ name, prefix }) => slug(name ?? prefix.split('/').filter((s) => !s.startsWith('{')).pop() ?? ''));
  const long = declarations.map(({ prefix }) => slug(prefix.slice(1)));
  const taken = new Set<string>();
  return short.map((name, i) => {
    const base = short.filter((other) => other.toLowerCase() === name.toLowerCase()).length > 1 ? long[i] : name;
    let unique = base;
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${base}-${n}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** A file name has at most 255 bytes. The hash, the extension, and the extension of a source map need some of them. */
const MOST_NAME = 200;

function slug(text: string): string {
  return text.replace(/[{}]/g, '').replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, MOST_NAME) || 'root';
}
