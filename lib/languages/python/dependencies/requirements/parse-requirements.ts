import * as fs from 'fs';
import * as path from 'path';
import { IndexOptions, LockedRequirement, NO_INDEXES, normalizeName, Requirements } from './requirement';
import { lockError } from '../errors';

/** A file of requirements, or what a command printed in this form. */
export interface RequirementsText {
  readonly text: string;
  /** Where relative paths start. */
  readonly directory: string;
  /** The name of the lock file, for errors. */
  readonly name: string;
  /** What to run for a lock file that is complete. */
  readonly advice: string;
}

/** A line after continuations are joined, with the comments below it. */
interface Line {
  readonly text: string;
  readonly comments: string[];
}

/** Options that change nothing here: only wheels are installed, and hashes are always required. */
const WITHOUT_EFFECT = /^--(require-hashes|only-binary|no-binary|pre|prefer-binary|use-feature|config-settings?|global-option|constraint)\b|^-c\b/;

const OPTION = /^(--[\w-]+|-[a-zA-Z])(?:[=\s]\s*(.*))?$/;

const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:@\s*(\S+)|([^;\s][^;]*?))?\s*(?:;\s*(.*?))?$/;

/**
 * Reads requirements that are locked: exact versions with hashes.
 *
 * @see https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function parseRequirements(source: RequirementsText): Requirements {
  const parts = toLines(source.text).map((line) => parseLine(line, source));
  return withDirect(merge(parts));
}

type Part = Partial<Requirements> & { readonly via?: readonly string[] };

function toLines(text: string): Line[] {
  const lines: Line[] = [];
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const [code, comment] = splitComment(line);
    if (code !== '') lines.push({ text: code, comments: [] });
    if (comment !== undefined) lines.at(-1)?.comments.push(comment);
  }
  return lines;
}

/** A comment starts at the start of a line, or after a space: an address may have a fragment. */
function splitComment(line: string): [code: string, comment?: string] {
  const found = /(^|\s)#(.*)$/.exec(line);
  return found === null ? [line.trim()] : [line.slice(0, found.index).trim(), found[2].trim()];
}

function parseLine({ text, comments }: Line, source: RequirementsText): Part {
  const expanded = expandVariables(text);
  if (/^(-e|--editable)\b/.test(expanded)) throw notFromIndex(expanded, source);
  if (expanded.startsWith('-')) return parseOption(expanded, source);
  const hashes = [...expanded.matchAll(/\s--hash[=\s]\s*(\S+)/g)].map(([, hash]) => hash).sort();
  const requirement = parseRequirement(expanded.replace(/\s--\w[\w-]*[=\s]\s*\S+/g, '').trim(), hashes, source);
  return { requirements: [requirement], via: viaOf(comments) };
}

/** As pip, only in this form. */
function expandVariables(text: string): string {
  return text.replace(/\$\{([A-Z0-9_]+)\}/g, (all, name: string) => process.env[name] ?? all);
}

function parseOption(text: string, source: RequirementsText): Part {
  if (WITHOUT_EFFECT.test(text)) return {};
  const [, option, value = ''] = OPTION.exec(text) ?? [];
  switch (option) {
    case '-i': case '--index-url': return { indexes: { ...NO_INDEXES, indexUrl: value } };
    case '--extra-index-url': return { indexes: { ...NO_INDEXES, extraIndexUrls: [value] } };
    case '-f': case '--find-links': return { indexes: { ...NO_INDEXES, findLinks: [placeOf(value, source.directory)] } };
    case '--no-index': return { indexes: { ...NO_INDEXES, noIndex: true } };
    case '--trusted-host': return { indexes: { ...NO_INDEXES, trustedHosts: [value] } };
    case '-r': case '--requirement': return include(path.resolve(source.directory, value), source);
    default: throw lockError(`${source.name} must have options that apply to wheels, got "${text}"; remove the option`);
  }
}

function include(file: string, source: RequirementsText): Part {
  if (!fs.existsSync(file)) throw lockError(`${source.name} must name existing files, got ${file}; ${source.advice}`);
  const { requirements, indexes, reads } = parseRequirements({
    ...source, text: fs.readFileSync(file, 'utf8'), directory: path.dirname(file), name: path.basename(file),
  });
  return { requirements, indexes, reads: [file, ...reads] };
}

function parseRequirement(text: string, hashes: readonly string[], source: RequirementsText): LockedRequirement {
  const [, name, url, specifier, marker] = REQUIREMENT.exec(text) ?? [];
  if (name === undefined || (url === undefined && /^[./]|[\\/]|\.whl$/.test(text.split(/[\s;]/)[0]))) throw notFromIndex(text, source);
  const own = { name: normalizeName(name), hashes, ...marker !== undefined && marker !== '' && { marker } };
  if (url !== undefined) return { ...own, version: versionOfWheel(url, text, source), url, ...checkHashes(text, hashes, source) };
  const [, version] = /^===?\s*([^\s,*]+)$/.exec(specifier ?? '') ?? [];
  if (version === undefined) {
    throw lockError(`${source.name} must have an exact version for each package, got "${text}"; ${source.advice}`);
  }
  return { ...own, version, ...checkHashes(text, hashes, source) };
}

function checkHashes(text: string, hashes: readonly string[], { name, advice }: RequirementsText): object {
  if (hashes.length > 0) return {};
  throw lockError(`${name} must have a hash for each package, so that every machine installs the same, got none for "${text}"; ${advice}`);
}

function versionOfWheel(url: string, text: string, source: RequirementsText): string {
  const [, version] = /\/[^/]+?-([^-/]+)(?:-[^-/]+){3,4}\.whl(?:[?#]|$)/.exec(url) ?? [];
  if (!/^https?:/.test(url) || version === undefined) throw notFromIndex(text, source);
  return decodeURIComponent(version);
}

/** Something that would have to be built. */
function notFromIndex(text: string, { name }: RequirementsText): Error {
  return lockError(
    `${name} must have packages that come as wheels, got "${text}", which would have to be built; `
    + 'publish a wheel of it to a package index, or copy its modules below the entry directory and remove the dependency',
  );
}

function placeOf(text: string, directory: string): string {
  return /^\w{2,}:/.test(text) ? text : path.resolve(directory, text);
}

/** `# via httpx`, or a list below `# via`. Undefined for a requirement without it. */
function viaOf(comments: readonly string[]): readonly string[] | undefined {
  const start = comments.findIndex((comment) => /^via\b/.test(comment));
  if (start < 0) return undefined;
  return [comments[start].replace(/^via\b/, ''), ...comments.slice(start + 1)].map((comment) => comment.trim()).filter((comment) => comment !== '');
}

function merge(parts: readonly Part[]): Requirements & { readonly via: ReadonlyMap<LockedRequirement, readonly string[]> } {
  const indexes = parts.flatMap((part) => part.indexes ?? []);
  return {
    requirements: parts.flatMap((part) => part.requirements ?? []),
    reads: parts.flatMap((part) => part.reads ?? []),
    via: new Map(parts.flatMap(({ requirements = [], via }) => (via === undefined ? [] : requirements.map((one) => [one, via] as const)))),
    indexes: {
      indexUrl: indexes.map(({ indexUrl }) => indexUrl).filter((url) => url !== undefined).at(-1),
      extraIndexUrls: listOf(indexes, ({ extraIndexUrls }) => extraIndexUrls),
      findLinks: listOf(indexes, ({ findLinks }) => findLinks),
      noIndex: indexes.some(({ noIndex }) => noIndex),
      trustedHosts: listOf(indexes, ({ trustedHosts }) => trustedHosts),
    },
  };
}

function listOf(indexes: readonly IndexOptions[], get: (one: IndexOptions) => readonly string[]): string[] {
  return [...new Set(indexes.flatMap(get))];
}

/** What another package brings is not what the project asks for. A comment names the project, or a file, for the rest. */
function withDirect({ via, ...rest }: ReturnType<typeof merge>): Requirements {
  const names = new Set(rest.requirements.map(({ name }) => name));
  const isPackage = (text: string) => names.has(normalizeName(text.replace(/\[.*$/, '')));
  const requirements = rest.requirements.map((one) => {
    const brought = via.get(one);
    return brought === undefined ? one : { ...one, isDirect: !brought.every(isPackage) };
  });
  return { ...rest, requirements };
}
