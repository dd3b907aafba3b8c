import { ApiManifest, ManifestRouter } from '../contract/manifest';

/** More rows than this do not fit on a screen. */
const MAX_ROUTERS = 100;

/** The routers with their sizes and what INIT loads, in Markdown. */
export function describeApi(prefixes: readonly string[], manifest: ApiManifest | undefined): string {
  const shown = prefixes.slice(0, MAX_ROUTERS);
  const more = prefixes.length > shown.length ? [`\n... and ${prefixes.length - shown.length} more routers.`] : [];
  return [...manifest ? describeBuild(manifest, shown) : shown.map((prefix) => `- \`${prefix}\``), ...more].join('\n');
}

function describeBuild({ routers, preload, sharedChunks, totalBytes }: ApiManifest, shown: readonly string[]): string[] {
  const inInit = new Set(preload.decisions.filter((decision) => decision.preload).map(({ file }) => file));
  const shared = sharedChunks.filter(({ file }) => inInit.has(file));
  const sharedBytes = shared.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    `${countOf(routers)}, ${kilobytes(totalBytes)}. INIT loads ${kilobytes(sharedBytes)} of shared code (${preload.policy}).`,
    '',
    'Router | Source | Own code | With shared code | Loaded',
    '--- | --- | ---: | ---: | ---',
    ...routers.filter(({ prefix }) => shown.includes(prefix)).map(({ prefix, entry, file, bytes, totalBytes: all }) =>
      `\`${prefix}\` | ${entry} | ${kilobytes(bytes)} | ${kilobytes(all)} | ${inInit.has(file) ? 'in INIT' : 'on first request'}`),
  ];
}

function countOf(routers: readonly ManifestRouter[]): string {
  const count = routers.filter(({ isApplication }) => !isApplication).length;
  return `${count} routers${count < routers.length ? ' and the application' : ''}`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
