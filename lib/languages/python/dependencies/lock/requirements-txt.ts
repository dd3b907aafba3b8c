import { LockTool } from './lock';
import { parseRequirements } from '../requirements/parse-requirements';

const LOCK = 'uv pip compile --universal --generate-hashes requirements.in -o requirements.txt';

/** What `uv pip compile` and `pip-compile` write. It needs no tool. */
export const REQUIREMENTS_TXT: LockTool = {
  title: 'pip',
  lockFile: 'requirements.txt',
  lockCommand: LOCK,
  reads: () => [],
  pythonVersions: () => undefined,
  export: ({ directory, name, text }) => parseRequirements({
    text, directory, name: `${directory}/${name}`, advice: `name what you need in requirements.in, and run ${LOCK}`,
  }),
};
