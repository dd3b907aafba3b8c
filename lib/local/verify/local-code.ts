import type { DescribedEndpoint, ModuleGraph } from '../../contract/api-description';
import type { SynthesizedApi } from '../assembly/synthesized-api';

/** The built code of a function, and what is known about the function. */
export interface LocalCode {
  /** The API that the code is of. Undefined for a directory without an assembly. */
  readonly api?: SynthesizedApi;
  /** The directory of the asset. */
  readonly directory: string;
  readonly handler: string;
  readonly runtime: string;
  readonly endpoint: DescribedEndpoint;
  readonly environment: Readonly<Record<string, string>>;
  /** The environment variables with plausible values. */
  readonly standIns: readonly string[];
  /** Modules that are external to the asset. */
  readonly externals: readonly string[];
  /** Modules that are external to the asset are looked up from here upward. */
  readonly lookupDirectory: string;
  /** Which source files are in which chunk. Undefined for a directory without an assembly. */
  readonly modules?: ModuleGraph;
  /** Whether the packages in the asset are for this machine's platform. */
  readonly hasUsablePackages: boolean;
}
