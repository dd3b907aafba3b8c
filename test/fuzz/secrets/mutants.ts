import { INHERITED, LOCALLY, OWN_VALUE } from './properties';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'the id of a secret is not escaped',
    file: 'lib/runtime/secrets/extension.ts', find: 'encodeURIComponent(id)', replace: 'id', killedBy: OWN_VALUE,
  },
  {
    why: 'calls for different versions of a secret share a response',
    file: 'lib/runtime/secrets/remote.ts', find: '`${kind} ${name} ${versionStage}`', replace: '`${kind} ${name}`', killedBy: OWN_VALUE,
  },
  {
    why: 'calls for a secret and a parameter with the same name share a response',
    file: 'lib/runtime/secrets/remote.ts', find: '`${kind} ${name} ${versionStage}`', replace: '`${name} ${versionStage}`', killedBy: OWN_VALUE,
  },
  {
    why: 'the error about a value that is not JSON contains the value',
    file: 'lib/runtime/secrets/get-secret.ts', find: 'is not JSON: read', replace: 'is not JSON: ${text}: read', killedBy: OWN_VALUE,
  },
  {
    why: 'the error of a refusal contains more than AWS\'s code',
    file: 'lib/runtime/secrets/secret-value.ts', find: 'return FINAL.exec(body)?.[1];', replace: 'return FINAL.test(body) ? body : undefined;', killedBy: OWN_VALUE,
  },
  {
    why: 'a binary secret is returned as text',
    file: 'lib/runtime/secrets/get-secret.ts', find: 'if (text === undefined) throw', replace: 'if (text === null) throw', killedBy: OWN_VALUE,
  },
  {
    why: 'inherited members of objects count as declared secrets',
    file: 'lib/runtime/secrets/remote.ts', find: 'Object.hasOwn(config[kind], name)', replace: 'name in config[kind]', killedBy: INHERITED,
  },
  {
    why: 'inherited members of objects count as local values',
    file: 'lib/runtime/secrets/local.ts', find: 'Object.hasOwn(named, name)', replace: 'name in named', killedBy: INHERITED,
  },
  {
    why: 'a parameter is read from the variables of secrets',
    file: 'lib/runtime/secrets/local.ts', find: 'LOCAL_VARIABLES[kind] + name', replace: 'LOCAL_VARIABLES.secrets + name', killedBy: LOCALLY,
  },
];
