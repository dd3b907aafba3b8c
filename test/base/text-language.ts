/**
 * A small language: a router is a text file, and the function responds with the text. It shows what a language needs in addition to a runtime: a
 * class for the build and a construct.
 */
import * as fs from 'fs';
import * as path from 'path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { LazyApiBaseProps } from '../../lib/base/base-props';
import { LazyApiBase } from '../../lib/base/lazy-api-base';
import { RouterKinds } from '../../lib/contract/router-kind';
import { mapOf, aKnownString } from '../../lib/private/check';
import { BuiltCode, Chunk, CodeFile } from '../../lib/routers/built-code';
import { RouterDeclaration } from '../../lib/routers/declaration';
import { PreloadPlan } from '../../lib/routers/preload/preload-plan';
import { MapPath, toRecipeRouter } from '../../lib/routers/recipe-router';
import { ResolvedRouter, resolveRouters } from '../../lib/routers/resolve-routers';
import { EntryOptions, RouterCode } from '../../lib/routers/router-code';
import { RouterLoader } from '../../lib/routers/verification/router-loader';

/** Loads each text. A text does not load if it contains BROKEN or names a handler other than that of the function. */
const LOADER = `
const { readFileSync, writeSync } = require('node:fs');
const { join, dirname } = require('node:path');
const { main, routers } = JSON.parse(readFileSync(0, 'utf8'));
for (const { prefix, file } of routers) {
  const text = readFileSync(join(dirname(main), file), 'utf8');
  const handler = /^HANDLER (.*)$/m.exec(text)?.[1] ?? process.env._HANDLER;
  const message = text.includes('BROKEN') ? 'it says BROKEN' : handler === process.env._HANDLER ? undefined : 'the handler is ' + process.env._HANDLER;
  const outcome = message ? { state: 'failed', chunk: file, message, advice: 'wording' } : { state: 'loaded', kind: 'lambda' };
  writeSync(3, JSON.stringify({ prefix, ...outcome }) + '\\n');
}`;

class TextLoader implements RouterLoader {
  public readonly command: readonly [string, ...string[]] = [process.execPath, '-e', LOADER];
  public readonly smokeCommand: readonly [string, ...string[]] = [process.execPath, '-e', ''];
  public readonly main = 'main.txt';
  public readonly processVariables = [];
  public readonly advice = { wording: 'Say something else.' };

  public linkExternals(): void {}

  public inconclusiveReason(): undefined {
    return undefined;
  }
}

/** Texts can share another text with a line `use FILE`. */
export class TextCode implements RouterCode {
  public readonly handler = 'index.answer';
  public readonly canStream = false;
  public readonly loadCost = { msPerKilobyte: 0.1, firstRequestFactor: 1 };
  public readonly barrelAdvice = 'say less';
  public readonly loader = new TextLoader();
  public readonly routers: readonly ResolvedRouter[];

  private readonly declarations: readonly RouterDeclaration[];

  constructor(texts: { readonly [prefix: string]: string }, public readonly projectRoot: string, public readonly language: string) {
    this.declarations = Object.entries(texts).map(([prefix, file]) => (
      { prefix, entry: path.join(projectRoot, file), typed: file, label: `texts["${prefix}"]`, options: {} }
    ));
    this.routers = resolveRouters(this.declarations, { projectRoot, projectRootProp: 'root', endings: ['.txt'] });
  }

  public get key(): string {
    return JSON.stringify([this.projectRoot, this.routers]);
  }

  public environment(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return { ...given, TEXT_ENCODING: 'utf-8' };
  }

  public describe(toRelative: MapPath) {
    return { routers: this.declarations.map((declaration) => toRecipeRouter(declaration, toRelative)), options: {} };
  }

  public build({ report }: EntryOptions): BuiltCode {
    const files = new Map(this.routers.map(({ entry }) => [entry, fs.readFileSync(path.join(this.projectRoot, entry), 'utf8')]));
    const imports = Object.fromEntries([...files].map(([file, text]) => [file, [...text.matchAll(/^use (.*)$/gm)].map(([, used]) => used)]));
    const shared = [...new Set(Object.values(imports).flat())];
    shared.forEach((file) => files.set(file, fs.readFileSync(path.join(this.projectRoot, file), 'utf8')));
    files.set('main.txt', `${this.routers.length} routers${report ? ', with a request log' : ''}`);
    const chunks = [...files].map(([file, text]): Chunk => ({
      file, role: file === 'main.txt' ? 'entry' : shared.includes(file) ? 'shared' : 'router', bytes: text.length, imports: imports[file] ?? [], inputs: { [file]: text.length },
    }));
    return {
      files: [...files].map(([file, text]) => ({ path: file, contents: Buffer.from(text) })),
      installedFiles: [],
      chunks,
      routerFiles: new Map(this.routers.map(({ name, entry }) => [name, entry])),
      imports,
      originOf: (name) => ({ name, kind: 'project' }),
      externals: ['dictionary'],
      fromLayers: ['dictionary'],
      warnings: ['texts are short'],
    };
  }

  public renderIndex({ chunks }: PreloadPlan, kinds: RouterKinds): [index: CodeFile] {
    return [{ path: 'index.txt', contents: Buffer.from(`preload ${chunks.join(', ')}; ${kinds.size} verified`) }];
  }
}

export interface LazyTextFunctionProps extends LazyApiBaseProps {
  readonly texts: { readonly [prefix: string]: string };
  readonly root: string;
  readonly language?: string;
}

export class LazyTextFunction extends LazyApiBase {
  constructor(scope: Construct, id: string, props: LazyTextFunctionProps) {
    super(scope, id, props, {
      construct: 'LazyTextFunction',
      rules: { texts: mapOf(aKnownString), root: aKnownString },
      resolve: () => ({ runtime: lambda.Runtime.PROVIDED_AL2023, code: new TextCode(props.texts, props.root, props.language ?? 'plain text') }),
    });
  }
}
