import { Lazy } from 'aws-cdk-lib';
import { newApi, routersOf } from '../support/app';

const routers = routersOf();

function create(environment: { readonly [name: string]: unknown }, sourceMap = false) {
  return newApi({ routers, environment: environment as { [name: string]: string }, bundling: { sourceMap } });
}

test.each<[wrong: string, environment: { [name: string]: unknown }, code: string, message: RegExp]>([
  ['a NUL character', { KEY: 'top\0secret' }, 'PROPS', /environment\["KEY"\] must be without NUL characters, which environment variables cannot contain, got one with them$/],
  ['a number', { PORT: 8080 }, 'PROPS', /environment\["PORT"\] must be a string, got 8080$/],
  ['a variable that is not set here', { STAGE: process.env.NOT_SET_HERE }, 'PROPS', /environment\["STAGE"\] must be a string, got undefined$/],
  ['an object that contains a secret', { KEY: { password: 'secret' } }, 'PROPS', /environment\["KEY"\] must be a string, got an object$/],
  ['a dash in a name', { 'A-B': 'x' }, 'PROPS', /a name in environment must be a letter, followed by at least one letter, digit or "_", got "A-B"$/],
  ['a name of one letter', { A: 'x' }, 'PROPS', /a name in environment must be a letter, followed by at least one letter, digit or "_", got "A"$/],
  ['an empty name', { '': 'x' }, 'PROPS', /got ""$/],
  ['a name that begins with "_"', { _HANDLER: 'x' }, 'PROPS', /got "_HANDLER"$/],
  ['too many bytes', { SMALL: 'x', LARGE: 'ä'.repeat(2048) }, 'ENVIRONMENT', /environment must have at most 4096 bytes, names and values together, got 4107; the largest are LARGE \(4101\), SMALL \(6\); move large values to parameters, secrets, or a module$/],
])('%s is refused, and the error shows no value', (_, environment, code, message) => {
  expect(() => create(environment)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  expect(() => create(environment)).not.toThrow(/secret"|top/);
});

test('names and values that Lambda accepts are accepted, and so are tokens', () => {
  expect(() => create({ aB: '', A1: 'x'.repeat(3900), TOKEN: Lazy.string({ produce: () => 'x'.repeat(10_000) }) }, true)).not.toThrow();
});

test('names that Lambda reserves are refused by CDK', () => {
  expect(() => create({ AWS_REGION: 'x' })).toThrow(/AWS_REGION environment variable is reserved by the lambda runtime/);
});
