/** The decision of a policy about a request. */
export interface PolicyVerdict {
  readonly isAllowed: boolean;
  /** Whether a deciding statement has a condition. Conditions are not evaluated: they count as met. */
  readonly hasConditions: boolean;
}

/** An IAM policy, with the parts that are evaluated. */
export interface Policy {
  readonly Statement: Statement | readonly Statement[];
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: object;
}

/** `execute-api:Invoke`. */
const ACTION = 'execute-api:invoke';

/**
 * Whether a policy allows a request: a statement allows it, and none denies it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function evaluatePolicy({ Statement: statements }: Policy, arn: string): PolicyVerdict {
  const matching = [statements].flat().filter((statement) => concerns(statement, arn));
  const denying = matching.filter(({ Effect: effect }) => effect === 'Deny');
  const allowing = matching.filter(({ Effect: effect }) => effect === 'Allow');
  const deciding = denying.length > 0 ? denying : allowing;
  const hasConditions = deciding.some(({ Condition: condition }) => condition !== undefined);
  return { isAllowed: denying.length === 0 && allowing.length > 0, hasConditions };
}

function concerns(statement: Statement, arn: string): boolean {
  const { Action: action, NotAction: notAction, Resource: resource = [], NotResource: notResource } = statement;
  const isOfAction = notAction === undefined ? isAmong(ACTION, lower(action)) : !isAmong(ACTION, lower(notAction));
  return isOfAction && (notResource === undefined ? isAmong(arn, [resource].flat()) : !isAmong(arn, [notResource].flat()));
}

/** The names of actions are case-insensitive. */
function lower(actions: string | readonly string[] = []): string[] {
  return [actions].flat().map((action) => action.toLowerCase());
}

/** `*` stands for any text, `?` for any character. */
function isAmong(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^]*').replaceAll('?', '[^]');
    return new RegExp(`^${source}$`).test(name);
  });
}
