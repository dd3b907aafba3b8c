/**
 * The environment variables that the library sets or reads, in addition to those of Lambda.
 */

interface VariableEntry {
  readonly setBy: 'synthesis' | 'user' | 'local commands';
  /** True: the name of a secret or parameter follows. */
  readonly isPrefix: boolean;
  readonly description: string;
}

export const VARIABLES = {
  LAZY_API_SECRETS: {
    setBy: 'synthesis', isPrefix: false, description: 'The secrets and parameters of the function, as JSON: identifiers, never values.',
  },
  LAZY_API_SECRET_: { setBy: 'user', isPrefix: true, description: 'Outside of Lambda: the value of a secret.' },
  LAZY_API_PARAMETER_: { setBy: 'user', isPrefix: true, description: 'Outside of Lambda: the value of a parameter.' },
  LAZY_API_SECRETS_FILE: {
    setBy: 'user',
    isPrefix: false,
    description: 'Outside of Lambda: the path of a JSON file with values: { "secrets": { "NAME": ... }, "parameters": { "NAME": ... } }.',
  },
  LAZY_API_LOG_LEVEL: { setBy: 'user', isPrefix: false, description: 'The lowest level of the lines that getLogger writes.' },
  LAZY_API_LIFELINE: {
    setBy: 'local commands', isPrefix: false, description: 'The descriptor of a pipe that closes with the process that has started the runtime.',
  },
  NEW_VERSION: {
    setBy: 'synthesis', isPrefix: false, description: 'In the function of the pre-traffic hook: the ARN of the version that it invokes.',
  },
} as const satisfies { readonly [variable: string]: VariableEntry };

export type VariableName = keyof typeof VARIABLES;

/** The variable that contains a `SecretsConfig` as JSON. */
export const SECRETS_VARIABLE = 'LAZY_API_SECRETS' satisfies VariableName;

/** The prefixes of the variables with local values. */
export const LOCAL_VARIABLES = {
  secrets: 'LAZY_API_SECRET_',
  parameters: 'LAZY_API_PARAMETER_',
} as const satisfies { readonly [kind: string]: VariableName };

/** The variable that names the file with local values. */
export const LOCAL_FILE_VARIABLE = 'LAZY_API_SECRETS_FILE' satisfies VariableName;

/** The variable with the lowest level of `getLogger`. */
export const LOG_LEVEL_VARIABLE = 'LAZY_API_LOG_LEVEL' satisfies VariableName;

/** The hook's variable with the version to invoke. */
export const VERSION_VARIABLE = 'NEW_VERSION' satisfies VariableName;
