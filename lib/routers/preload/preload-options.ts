/** Options for `PreloadPolicy.memoryAware` and `PreloadPolicy.sharedBy`. */
export interface PreloadOptions {
  /**
   * The names of packages that INIT always loads, for example `['@prisma/client']`.
   *
   * Use this for packages that code imports dynamically on the first request, such as the query engine of an ORM. Without smoke requests, the preload
   * plan cannot see how many cold starts need these packages, so each first request loads them with its share of the CPU.
   *
   * Synthesis fails if no chunk contains the package.
   *
   * @default - none
   */
  readonly include?: string[];
}
