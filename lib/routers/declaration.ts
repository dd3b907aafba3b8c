import { RouterOptions } from './router-options';

/** A router as the user declared it. Only the types of its options are checked. */
export interface RouterDeclaration {
  readonly prefix: string;
  /** The absolute path of the router's module. */
  readonly entry: string;
  /** The path as the user wrote it. */
  readonly typed: string;
  /** A short name, if the declaration has one. */
  readonly name?: string;
  /** The words in which the user named the router, for errors. */
  readonly label: string;
  readonly options: RouterOptions;
}
