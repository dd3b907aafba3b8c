import * as fs from 'fs';
import * as path from 'path';

/** The directory in the root of the project where dependencies are kept from one synthesis to the next. Git ignores it. */
const NAME = '.cdk-lazy-api';

export function pythonCache(projectRoot: string): string {
  const root = path.join(projectRoot, NAME);
  const ignore = path.join(root, '.gitignore');
  if (!fs.existsSync(ignore)) {
    fs.mkdirSync(root, { recursive: true });
    fs.writeFileSync(ignore, '*\n');
  }
  return path.join(root, 'python');
}
