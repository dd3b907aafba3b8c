import { ColdStartBudgets } from './budget-options';
import { checkProp, mapOf, must, objectOf, optional } from '../../private/check';
import { LazyApiError } from '../../private/errors';
import { Build } from '../build';
import { contentsOf } from '../contents';
import { importChain, renderChain } from '../import-chain';
import { bytesOf } from '../load-graph';
import { filesInInit } from '../preload/preload-plan';
import { ResolvedRouter } from '../resolve-routers';

const aSize = must('a number of bytes, more than 0', (value) => typeof value === 'number' && value > 0);

const BUDGETS = objectOf<ColdStartBudgets>(optional({ initBytes: aSize, routerBytes: aSize, routers: mapOf(aSize) }));

/** How many contributors an error names. */
const MAX_CONTRIBUTORS = 5;

/** Throws an error if a budget is not a number of bytes or names no router. */
export function checkBudgetOptions(budgets: ColdStartBudgets, prefixes: readonly string[]): void {
  checkProp('BUDGET', 'budgets', budgets, BUDGETS);
  const unknown = Object.keys(budgets.routers ?? {}).find((prefix) => !prefixes.includes(prefix));
  if (unknown === undefined) return;
  throw new LazyApiError('BUDGET', `budgets.routers["${unknown}"] must name a router's prefix; the prefixes are ${prefixes.join(', ')}`);
}

/** Throws an error if a budget is exceeded. It names all such budgets, the largest contributors of each, and why they are loaded. */
export function checkBudgets(build: Build, budgets: ColdStartBudgets): void {
  const loads = [loadInInit(build, budgets), ...build.code.routers.map((router) => loadOfRouter(build, router, budgets))];
  const exceeded = loads.filter(({ files, limit }) => bytesOf(build.graph, files) > limit).map((load) => describeLoad(build, load));
  if (exceeded.length > 0) throw new LazyApiError('BUDGET_EXCEEDED', `a cold start would load more than budgets allows\n\n${exceeded.join('\n\n')}`);
}

/** Code that a budget limits. */
interface Load {
  readonly who: string;
  readonly files: readonly string[];
  /** The budget, as the user wrote it. */
  readonly prop: string;
  /** In bytes. */
  readonly limit: number;
  /** The routers from which import chains are shown. */
  readonly from: readonly ResolvedRouter[];
}

function loadInInit({ code: { routers }, graph, plan }: Build, { initBytes = Infinity }: ColdStartBudgets): Load {
  const inInit = routers.filter(({ prefix }) => plan.routers.includes(prefix));
  return { who: 'INIT', files: filesInInit(graph, plan), prop: 'budgets.initBytes', limit: initBytes, from: inInit.length > 0 ? inInit : routers };
}

function loadOfRouter({ graph }: Build, router: ResolvedRouter, { routerBytes = Infinity, routers = {} }: ColdStartBudgets): Load {
  const { prefix, name } = router;
  const own = routers[prefix];
  const budget = own === undefined ? { prop: 'budgets.routerBytes', limit: routerBytes } : { prop: `budgets.routers["${prefix}"]`, limit: own };
  return { who: `router ${prefix}`, files: graph.needs.get(name)!, ...budget, from: [router] };
}

function describeLoad(build: Build, { who, files, prop, limit, from }: Load): string {
  const chunks = files.map((file) => build.graph.chunks.get(file)!);
  const largest = contentsOf(chunks, build.built).slice(0, MAX_CONTRIBUTORS);
  return [
    `${who} loads ${kilobytes(bytesOf(build.graph, files))}, ${prop} is ${kilobytes(limit)}`,
    ...largest.map(({ name, bytes }) => `  ${kilobytes(bytes).padStart(10)}  ${name}${describeChain(build, name, from)}`),
  ].join('\n');
}

function describeChain({ code, built }: Build, content: string, from: readonly ResolvedRouter[]): string {
  const chains = [...from, ...code.routers].map(({ entry }) => importChain(built.imports, entry, (file) => built.originOf(file).name === content));
  const chain = chains.find((found) => found !== undefined) ?? [];
  return chain.length > 1 ? `, by ${renderChain(chain)}` : '';
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
