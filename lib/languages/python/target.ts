import { must } from '../../private/check';

/** A module and an attribute in it, as in `main:app`. */
export interface PythonTarget {
  /** The dotted name of the module, as an import statement has it. */
  readonly module: string;
  readonly attribute: string;
}

const NAME = '[A-Za-z_]\\w*';
const TARGET = new RegExp(`^(${NAME}(?:\\.${NAME})*):(${NAME}(?:\\.${NAME})*)$`);

export const aTarget = must(
  'a module and an attribute, such as "api.v1.providers:router"; the module is named as Python imports it, without ".py" and with "_" instead of "-"',
  (value) => typeof value === 'string' && TARGET.test(value),
);

/** Whether Python can import a module of this name with an import statement. */
export function isIdentifier(name: string): boolean {
  return new RegExp(`^${NAME}$`).test(name);
}

export function parseTarget(target: string): PythonTarget {
  const [, module, attribute] = TARGET.exec(target)!;
  return { module, attribute };
}
