import type * as esbuild from 'esbuild';
import { Esbuild } from './find-esbuild';
import { nativeAdvice } from './native-advice';
import { InternalError, LazyApiError } from '../../../private/errors';
import { originOf } from '../origin';

/** Runs a build. Errors of esbuild name the option or the place in the code, and say what to do. */
export function withOurErrors<T>(engine: Esbuild, build: () => T): T {
  try {
    return build();
  } catch (error) {
    throw toOurError(engine, error);
  }
}

export function toOurError(engine: Esbuild, error: unknown): Error {
  if (error instanceof InternalError || error instanceof LazyApiError) return error;
  const { errors = [], message: whole } = error as Partial<esbuild.BuildFailure> & Error;
  const refused = errors.length === 0 ? whole : errors.find((problem) => isAboutOption(problem))?.text;
  if (refused !== undefined) return new LazyApiError('BUNDLING_OPTION', `bundling: esbuild rejects an option: ${refused}`, { cause: error });
  const located = errors.map(({ notes, ...message }) => ({ ...message, notes: betterNotes(message, notes) }));
  return new LazyApiError('BUNDLING_FAILED', `the routers do not compile\n\n${formatMessages(engine, located, 'error').join('\n')}`);
}

/** An error without a file, or an exception in esbuild itself, is not about the code. */
function isAboutOption({ location, detail, pluginName }: esbuild.Message): boolean {
  return pluginName === '' && (!location || detail !== undefined);
}

/** What to do about an error, instead of advice that does not help on Lambda. */
function betterNotes(message: Pick<esbuild.Message, 'text' | 'location'>, notes: readonly esbuild.Note[]): esbuild.PartialNote[] {
  const advice = nativeAdvice(message.text) ?? relativeAdvice(message);
  return [...notes.map((note) => betterNote(note, message)), ...advice === undefined ? [] : [{ text: advice }]];
}

/** Without it, the error does not say which directory a relative path starts from. */
function relativeAdvice({ text, location }: Pick<esbuild.Message, 'text' | 'location'>): string | undefined {
  if (!location || !/^Could not resolve "\.\.?(\/|")/.test(text)) return undefined;
  return `Check the path, which is relative to ${location.file}`;
}

/** For a missing package, esbuild suggests leaving it out. This only moves the failure to Lambda, unless another package works without it. */
function betterNote(note: esbuild.Note, { text, location }: Pick<esbuild.Message, 'text' | 'location'>): esbuild.Note {
  if (!note.text.startsWith('You can mark the path')) return note;
  const installed = 'Check that it is a dependency of the project and that it is installed.';
  const name = /"([^"]+)"/.exec(text)?.[1];
  if (name?.endsWith('/jsx-runtime')) return { ...note, text: `JSX imports it. ${installed} To use another package, set ${JSX_SOURCE}` };
  const importer = location ? originOf(location.file) : undefined;
  if (importer?.kind !== 'package' || name === undefined) return { ...note, text: installed };
  return { ...note, text: `${installed} If ${importer.name} works without it, leave it out of the bundle: bundling.externalModules: ["${name}"]` };
}

const JSX_SOURCE = 'bundling.jsxImportSource, "jsxImportSource" in tsconfig.json, or a comment "@jsxImportSource"';

/** esbuild ignores the comment if the classic transform is on, and the code then looks for React at run time. */
export function withJsxAdvice({ notes, ...message }: esbuild.Message): esbuild.PartialMessage {
  if (message.id !== 'unsupported-jsx-comment') return { ...message, notes };
  return { ...message, notes: [...notes, { text: 'For all files, set bundling.jsx to "automatic", or "jsx": "react-jsx" in tsconfig.json' }] };
}

/** Messages as esbuild prints them. */
export function formatMessages(engine: Esbuild, messages: esbuild.PartialMessage[], kind: 'error' | 'warning'): string[] {
  return messages.length === 0 ? [] : engine.formatMessagesSync(messages, { kind, color: false }).map((text) => text.trimEnd());
}
