import { execFileSync } from 'node:child_process';

/** Also compiles the modules, without the dependencies of the package. */
const READ_WHEEL = `
import email, json, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
names = wheel.namelist()
for name in names:
    if name.endswith('.py'): compile(wheel.read(name), name, 'exec')
metadata = email.message_from_bytes(wheel.read(next(name for name in names if name.endswith('.dist-info/METADATA'))))
print(json.dumps({'names': names, 'metadata': [': '.join(entry) for entry in metadata.items()]}))
`;

/** Returns the files of a wheel, and the lines of its metadata. */
export function readWheel(wheel) {
  return JSON.parse(execFileSync('python3', ['-c', READ_WHEEL, wheel], { encoding: 'utf8' }));
}
