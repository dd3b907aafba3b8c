import type { AssetRebuild } from './asset-rebuild';
import type { FoundRuntime } from './found-runtime';
import type { Programs } from './programs';
import type { FileToWrite } from '../../private/write-files';
import type { CodeFile } from '../../routers/built-code';
import type { RouterCode } from '../../routers/router-code';
import type { RouterLoader } from '../../routers/verification/router-loader';
import type { LocalAsset } from '../assembly/local-asset';
import type { SynthesizedApi } from '../assembly/synthesized-api';
import type { LocalCode } from '../verify/local-code';

/** What local commands need to know about a programming language. */
export interface LocalLanguage {
  /** The name in descriptions of APIs: `JavaScript`. */
  readonly name: string;
  /** The option that names the program that runs its functions. */
  readonly program: keyof Programs;
  /** The file of an asset that Lambda loads first. */
  readonly indexFile: string;
  /** The file with code that is in the template. */
  readonly inlineFile: string;
  /** A function that does nothing. Its cold start is that of the language's runtime and the runtime client alone. */
  readonly emptyFunction: CodeFile;
  /** The function of an asset without an assembly around it. */
  defaultsOf(asset: string): Pick<LocalCode, 'handler' | 'runtime'>;
  /** Whether a runtime of Lambda, like `nodejs24.x`, is for this language. */
  hasRuntime(runtime: string): boolean;
  /** Finds what runs a function with this runtime. Throws an error if the machine has nothing. */
  findRuntime(runtime: string, programs: Programs): FoundRuntime;
  /** Runs functions with a program that is not checked. */
  runtimeAt(program: string, runtime: string): FoundRuntime;
  /** Finds the sources of an API again. Throws the errors of synthesis if they no longer fit the recipe. */
  restoreCode(api: SynthesizedApi): RouterCode;
  /** The asset as this machine can run it. */
  localAsset(api: SynthesizedApi, programs: Programs): LocalAsset;
  /** Prepares rebuilds. It reads no sources yet. */
  startRebuild(api: SynthesizedApi, programs: Programs): AssetRebuild;
  /** The asset as this machine can verify it. */
  toVerifiable(code: LocalCode, programs: Programs): VerifiableAsset;
}

/** An asset that verification loads. */
export interface VerifiableAsset {
  readonly loader: RouterLoader;
  /** The files of the copy that is loaded. */
  readonly files: readonly FileToWrite[];
  /** Modules that are external to the copy. */
  readonly externals: readonly string[];
  readonly warnings: readonly string[];
}
