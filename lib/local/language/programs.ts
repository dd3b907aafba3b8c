/** The programs that the user chose to run functions with, by the name of their option. */
export interface Programs {
  /** The path of Node.js. */
  readonly node?: string;
  /** The path of Python. */
  readonly python?: string;
}
