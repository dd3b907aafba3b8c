import { ColdStartBudgets } from './budget-options';
import { Build } from '../languages/javascript/bundle';
import { contentName, contentsOf } from './contents';
import { importChain } from './import-chain';
import { filesInInit } from './preload-plan';
import { ResolvedRouter } from './resolve-routers';
import { demand, mapOf, must, objectOf, optional } from '../private/check';
import { LazyApiError } from '../private/errors';

const aSize = must('a number of bytes, more than 0', (value) => typeof value === 'number' && value > 0);

const BUDGETS = objectOf<ColdStartBudgets>(optional({ initBytes: aSize, routerBytes: aSize, routers: mapOf(aSize) }));

/** How many contributors a failure names. */
const MOST_CONTRIBUTORS = 5;

/** Fails with all budgets that are exceeded, the largest contributors of each, and how they come in. */
export function checkBudgets(build: Build, budgets: ColdStartBudgets): void {
  const exceeded = [...overInit(build, budgets), ...build.routers.flatMap((router) => overRouter(build, router, budgets))];
  if (exceeded.length > 0) throw new LazyApiError('BUDGET_EXCEEDED', `a cold start would load more than budgets allows\n\n${exceeded.join('\n\n')}`);
}

/** Throws an error if a budget names no router, or is not a number of bytes. */
export function checkBudgetOptions(budgets: ColdStartBudgets, prefixes: readonly string[]): void {
  demand('BUDGET', 'budgets', budgets, BUDGETS);
  const unknown = Object.keys(budgets.routers ?? {}).find((prefix) => !prefixes.includes(prefix));
  if (unknown !== undefined) throw new LazyApiError('BUDGET', `budgets.routers["${unknown}"] must name a router's prefix; there are ${prefixes.join(', ')}`);
}

function overInit(build: Build, { initBytes = Infinity }: ColdStartBudgets): string[] {
  const { graph, plan, routers } = build;
  const inInit = routers.filter(({ prefix }) => plan.routers.includes(prefix));
  return over('budgets.initBytes', 'INIT', initBytes, filesInInit(graph, plan), build, inInit.length > 0 ? inInit : routers);
}

function overRouter(build: Build, router: ResolvedRouter, { routerBytes = Infinity, routers = {} }: ColdStartBudgets): string[] {
  const { prefix, name } = router;
  const own = routers[prefix];
  const [prop, limit] = own === undefined ? ['budgets.routerBytes', routerBytes] as const : [`budgets.routers["${prefix}"]`, own] as const;
  return over(prop, `router ${prefix}`, limit, build.graph.closures.get(name)!, build, [router]);
}

function over(prop: string, who: string, limit: number, files: readonly string[], build: Build, from: readonly ResolvedRouter[]): string[] {
  const chunks = files.map((file) => build.graph.chunks.get(file)!);
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
  if (bytes <= limit) return [];
  const largest = contentsOf(chunks).slice(0, MOST_CONTRIBUTORS).map(({ name, bytes: size }) => `  ${kilobytes(size).padStart(10)}  ${name}${chainTo(name, build, from)}`);
  return [[`${who} loads ${kilobytes(bytes)}, ${prop} is ${kilobytes(limit)}`, ...largest].join('\n')];
}

function chainTo(name: string, { result, routers }: Build, from: readonly ResolvedRouter[]): string {
  const isIt = (file: string) => contentName(file) === name;
  for (const { entry } of [...from, ...routers]) {
    const chain = importChain(result.imports, entry, isIt);
    if (chain) return chain.length > 1 ? `, by ${chain.join(' > ')}` : '';
  }
  return '';
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
