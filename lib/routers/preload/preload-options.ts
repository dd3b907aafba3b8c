/**
 * Options of `PreloadPolicy.memoryAware` and `PreloadPolicy.sharedBy`.
 */
export interface PreloadOptions {
  /**
   * Packages that INIT loads in any case, by their names: `['@prisma/client']`. For packages that code imports dynamically at the first request, such
   * as the query engine of an ORM. Without smoke requests, the plan cannot see how many cold starts need those, so each first request loads them at
   * its share of the CPU.
   *
   * A package that is in no chunk fails synthesis.
   *
   * @default - none
   */
  readonly include?: string[];
}
