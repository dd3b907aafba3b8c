import { InstalledFile } from '../../../routers/built-code';

/** A package in the asset, with the files that run in the function. */
export interface InstalledPackage {
  /** Its directory in the asset, for example `node_modules/sharp`. */
  readonly location: string;
  readonly files: readonly InstalledFile[];
  /** The directories of the packages that it depends on. */
  readonly imports: readonly string[];
}
