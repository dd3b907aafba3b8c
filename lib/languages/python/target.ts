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

/** https://docs.python.org/3/reference/lexical_analysis.html#keywords */
const KEYWORDS = [
  'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally',
  'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield',
];

/** Whether Python can import a module of this name with an import statement. */
export function isIdentifier(name: string): boolean {
  return new RegExp(`^${NAME}$`).test(name) && !KEYWORDS.includes(name);
}

/** A name like the given one that Python can import. */
export function toIdentifier(name: string): string {
  const valid = name.replace(/\W/g, '_').replace(/^(\d)/, '_$1');
  return KEYWORDS.includes(valid) ? `${valid}_` : valid;
}

export function parseTarget(target: string): PythonTarget {
  const [, module, attribute] = TARGET.exec(target)!;
  return { module, attribute };
}
