import * as fs from 'fs';
import { createRequire } from 'module';
import * as path from 'path';
import { isExternal } from './externals';

/** `import ... from 'express'` or `require('express')`. */
const IMPORTS_EXPRESS = /\b(?:from|require\()\s*['"]express['"]/;

const CREATES_ROUTER = /\bRouter\s*\(/;

/**
 * The module of the Express that a router imports, if it may export `express.Router()`: relative to the project root, or its name if it is not in the
 * bundle. Undefined if the router's own text does not create such a router.
 */
export function findExpress(entry: string, projectRoot: string, externals: readonly string[]): string | undefined {
  const file = path.join(projectRoot, entry);
  const source = fs.readFileSync(file, 'utf8');
  if (!IMPORTS_EXPRESS.test(source) || !CREATES_ROUTER.test(source)) return undefined;
  if (isExternal('express', externals)) return 'express';
  try {
    const relative = path.relative(projectRoot, createRequire(file).resolve('express'));
    return `./${relative.split(path.sep).join('/')}`;
  } catch {
    // esbuild reports that it is not installed.
    return undefined;
  }
}
