/**
 * What the core passes to the parts that serve routers.
 */
import type { PathReader } from './dispatch/event-path';
import type { Log } from './log';

export interface PartTools {
  readonly log: Log;
  readonly readPath: PathReader;
}
