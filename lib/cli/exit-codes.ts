/** The exit codes of `lazy-api`. docs/local-development.md has the same table. */
export const EXIT_CODES = {
  /** The command succeeded. */
  OK: 0,
  /** A check failed, or the function failed. */
  FAILED: 1,
  /** The command line is wrong. */
  USAGE: 2,
  /** The command cannot run: for example, there is no assembly, or Node.js, Python, or a file is missing. */
  UNUSABLE: 3,
  /** The API responded with a status of 400 or more, as with `curl --fail`. */
  HTTP_ERROR: 22,
  INTERRUPTED: 130,
} as const;
