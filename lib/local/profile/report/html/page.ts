import { createHash } from 'node:crypto';
import { renderRouters, renderSizes } from './bars';
import { escapeHtml, escapeJson } from './escape-html';
import { importTree } from './import-tree';
import { nameOf, renderScope, scopesOf } from './scopes';
import { SCRIPT } from './script';
import { STYLE } from './style';
import type { ModuleGraph } from '../../../../contract/api-description';
import { originFinder } from '../../origins';
import type { ProfileReport } from '../../profile-report';
import { summaryOf } from '../summary';

/** The script's data about a source file. */
interface PageModule {
  readonly file: string;
  /** The number of the module that imports it. Null for a router. */
  readonly from: number | null;
  /** Whether imports lead from a router to it. */
  readonly reached: boolean;
}

/** A report as a page that needs no other files and no network. */
export function renderPage(report: ProfileReport, { imports }: Pick<ModuleGraph, 'imports'>): string {
  const { construct, stack, memoryMb, counters, problems, notes } = report;
  const scopes = scopesOf(counters);
  const { modules, sources } = toPageModules(report, imports, scopes.flatMap((scope) => Object.keys(scope.modules)));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<title>Cold starts of ${escapeHtml(construct)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Cold starts of ${escapeHtml(construct)}</h1>
<p class="dim">Stack ${escapeHtml(stack)}, ${memoryMb} MB of memory.</p>
${summaryOf(report).map((sentence) => `<p class="verdict">${escapeHtml(sentence)}</p>`).join('\n')}
${problems.map((problem) => `<p class="problem">${escapeHtml(problem)}</p>`).join('\n')}
${notes.map((note) => `<p class="dim">Note: ${escapeHtml(note)}</p>`).join('\n')}
<h2>Routers</h2>
${renderRouters(report)}
${renderSizes(report)}
<h2>What is loaded</h2>
<p class="dim">Choose a module to see why it is there.<span class="key project"></span>your project<span class="key package"></span>packages`
    + `<span class="key library"></span>this library's runtime</p>
<p><label for="scope">Show </label><select id="scope">
${scopes.map(({ title }, id) => `<option value="${id}">${escapeHtml(title)}</option>`).join('\n')}
</select></p>
${scopes.map((scope, id) => renderScope(scope, id, sources)).join('\n')}
<div id="chain" role="region" aria-label="Import chain" aria-live="polite"><p>Choose a module.</p></div>
</main>
<script type="application/json" id="data">${escapeJson({ modules })}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Allows only the page's own script. */
function policy(): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`;
}

/** The source files on the page, and all files on import chains to them. */
function toPageModules({ counters }: ProfileReport, imports: ModuleGraph['imports'], files: readonly string[]) {
  const tree = importTree(imports, counters.routers.map(({ entry }) => entry));
  const originOf = originFinder(counters.origins);
  const needed = new Set(files);
  // The loop also visits elements that are added while it runs.
  for (const file of needed) {
    const from = tree.get(file);
    if (from !== undefined) needed.add(from);
  }
  const ids = new Map([...needed].map((file, id) => [file, id]));
  const modules = [...needed].map((file): PageModule => {
    const from = tree.get(file);
    return { file: nameOf(file, originOf), from: from === undefined ? null : ids.get(from)!, reached: tree.has(file) };
  });
  return { modules, sources: { originOf, idOf: (file: string) => ids.get(file)! } };
}
