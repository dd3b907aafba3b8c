import { INHERITED, LOCALLY, OWN_VALUE } from './properties';
import { Mutant } from '../run/concern';

export const mutants: readonly Mutant[] = [
  {
    why: 'the identifier of a secret is not escaped',
    file: 'lib/runtime/secrets/extension.ts', find: 'encodeURIComponent(id)', replace: 'id', killedBy: OWN_VALUE,
  },
  {
    why: 'calls for versions of one secret share an answer',
    file: 'lib/runtime/secrets/remote.ts', find: '`${kind} ${name} ${versionStage}`', replace: '`${kind} ${name}`', killedBy: OWN_VALUE,
  },
  {
    why: 'calls for a secret and a parameter of one name share an answer',
    file: 'lib/runtime/secrets/remote.ts', find: '`${kind} ${name} ${versionStage}`', replace: '`${name} ${versionStage}`', killedBy: OWN_VALUE,
  },
  {
    why: 'the error of a value that is no JSON quotes it',
    file: 'lib/runtime/secrets/get-secret.ts', find: 'is not JSON: read', replace: 'is not JSON: ${text}: read', killedBy: OWN_VALUE,
  },
  {
    why: 'what is around AWS\'s code in a refusal is told',
    file: 'lib/runtime/secrets/secret-value.ts', find: 'return FINAL.exec(body)?.[1];', replace: 'return FINAL.test(body) ? body : undefined;', killedBy: OWN_VALUE,
  },
  {
    why: 'a binary secret is answered as text',
    file: 'lib/runtime/secrets/get-secret.ts', find: 'if (text === undefined) throw', replace: 'if (text === null) throw', killedBy: OWN_VALUE,
  },
  {
    why: 'what every object has is a declared secret',
    file: 'lib/runtime/secrets/remote.ts', find: 'Object.hasOwn(config[kind], name)', replace: 'name in config[kind]', killedBy: INHERITED,
  },
  {
    why: 'what every object has is a local value',
    file: 'lib/runtime/secrets/local.ts', find: 'Object.hasOwn(named, name)', replace: 'name in named', killedBy: INHERITED,
  },
  {
    why: 'a parameter is read from the variables of secrets',
    file: 'lib/runtime/secrets/local.ts', find: 'LOCAL_VARIABLES[kind] + name', replace: 'LOCAL_VARIABLES.secrets + name', killedBy: LOCALLY,
  },
];
