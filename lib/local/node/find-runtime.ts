import { findNode } from './find-node';
import { THIS_MACHINE } from './machine';
import { nodeCommand } from './node-command';
import type { FoundRuntime } from '../language/found-runtime';

/**
 * How the Node.js runtime of Lambda is started.
 *
 * @param major the major version of the function's Node.js
 * @param given the path of Node.js that the user chose
 */
export function findRuntime(major: number, given?: string): FoundRuntime {
  const { path: node, warning } = findNode(major, given, THIS_MACHINE);
  return { notes: warning === undefined ? [] : [warning], command: (fn) => nodeCommand(node, fn) };
}
