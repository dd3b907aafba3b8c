import { evaluateMarker, lambdaEnvironment } from '../../../../lib/languages/python/dependencies/requirements/marker';
import { satisfies } from '../../../../lib/languages/python/dependencies/requirements/version';

const LAMBDA = lambdaEnvironment('3.13', 'aarch64');

test.each<[string, boolean]>([
  ['python_version >= "3.8"', true],
  ['python_version < "3.9"', false],
  ["python_full_version < '3.11.3'", false],
  ["python_full_version >= '3.13'", true],
  ['python_version == "3.*"', true],
  ['python_version != "3.13.*"', false],
  ['python_version ~= "3.10"', true],
  ['"3.10" <= python_version', true],
  ['sys_platform == "linux"', true],
  ["sys_platform == 'win32' or os_name == 'posix'", true],
  ["sys_platform == 'win32' and os_name == 'posix' or python_version > '3.9'", true],
  ["sys_platform == 'win32' and (os_name == 'posix' or python_version > '3.9')", false],
  ['platform_machine in "x86_64 aarch64 AMD64"', true],
  ['platform_machine not in "x86_64 AMD64"', true],
  ['platform_python_implementation != "PyPy"', true],
  ['implementation_name=="cpython"and platform_system=="Linux"', true],
  ['extra == "standard"', false],
  ['os.name == "nt"', false],
])('in Lambda with Python 3.13 on arm64, %s is %s', (marker, holds) => {
  expect(evaluateMarker(marker, LAMBDA)).toBe(holds);
});

test.each(['python_version >', 'sys_platform == "linux" "x"', '(os_name == "posix"', 'unknown == "x"', '&&'])('a marker that cannot be read is an error: %s', (marker) => {
  expect(() => evaluateMarker(marker, LAMBDA)).toThrow(expect.objectContaining({ code: 'PYTHON_LOCK', message: expect.stringContaining('lock the dependencies again') as string }));
});

test.each<[string, string, boolean]>([
  ['3.13', '>=3.11', true],
  ['3.13', '>=3.11,<3.13', false],
  ['3.13', '==3.12.*', false],
  ['3.13', '==3.13.*', true],
  ['3.13', '^3.11', true],
  ['4.0', '^3.11', false],
  ['3.13', '~3.13', true],
  ['3.12', '~3.13', false],
  ['3.13', '>=3.8, !=3.9.*', true],
  ['3.13', '>=4 || ^3.12', true],
  ['3.13', '*', true],
])('Python %s fits %s: %s', (version, specifier, fits) => {
  expect(satisfies(version, specifier)).toBe(fits);
});
