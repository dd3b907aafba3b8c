import { IRestApi, Method, Resource } from 'aws-cdk-lib/aws-apigateway';
import { IConstruct } from 'constructs';

/** What an app declares for an API, anywhere in the construct tree. */
interface ApiConstructs {
  readonly resources: readonly Resource[];
  readonly methods: readonly Method[];
}

function apiConstructs(api: IRestApi): ApiConstructs {
  const all = api.node.root.node.findAll();
  return {
    resources: all.filter((construct): construct is Resource => construct instanceof Resource && construct.api === api),
    methods: all.filter((construct): construct is Method => construct instanceof Method && construct.api === api),
  };
}

/** Describes the conflicts of routes of a scope with other routes of the same API. Each conflict names both sides. */
export function findApiConflicts(api: IRestApi, scope: IConstruct): string[] {
  const { resources, methods } = apiConstructs(api);
  const [ours, others] = partition(resources, scope);
  const [ourMethods, otherMethods] = partition(methods.filter(({ httpMethod }) => httpMethod !== 'OPTIONS'), scope);
  return [
    ...pairs(ourMethods, otherMethods, (a, b) => a.resource.path === b.resource.path).map(([a, b]) => (
      `"${a.httpMethod} ${a.resource.path}" is a route of this function, but the API has "${b.httpMethod} ${b.resource.path}" (${b.node.path}); `
      + 'give the router another prefix, or remove that method'
    )),
    ...pairs(ours, others, (a, b) => a.path === b.path).map(([a, b]) => (
      `the resource "${a.path}" of this function is also declared elsewhere (${b.node.path}); `
      + 'declare that resource before the function, which then reuses it'
    )),
    ...pairs(ours, others, (a, b) => a.path !== b.path && isVariable(a) && isVariable(b) && parentOf(a) === parentOf(b)).map(([a, b]) => (
      `"${a.path}" of this function and "${b.path}" (${b.node.path}) are two variable children of "${parentOf(a)}", `
      + 'but a REST API allows only one; give the router another prefix'
    )),
  ];
}

/**
 * Separates the scope's own constructs from all others. A construct that a user attaches to one of our resources is below that resource, but belongs
 * to the user.
 */
function partition<T extends IConstruct>(constructs: readonly T[], scope: IConstruct): [ours: T[], others: T[]] {
  const isOurs = ({ node }: T) => node.scope === scope;
  return [constructs.filter(isOurs), constructs.filter((construct) => !isOurs(construct))];
}

function pairs<T>(left: readonly T[], right: readonly T[], match: (a: T, b: T) => boolean): Array<[T, T]> {
  return left.flatMap((a) => right.filter((b) => match(a, b)).map((b): [T, T] => [a, b]));
}

function isVariable({ path }: Resource): boolean {
  return path.endsWith('}');
}

function parentOf({ path }: Resource): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
