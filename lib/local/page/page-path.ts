/** The path of the page. The server responds to this path, and to everything below it, before the endpoint sees the request. */
export const PAGE_PATH = '/_lazy';

/** The header that the page's request tester adds to a request, so that the page can find it. The function does not receive it. */
export const TESTER_HEADER = 'x-lazy-tester';

export function isPagePath(path: string): boolean {
  return path === PAGE_PATH || path.startsWith(`${PAGE_PATH}/`) || path.startsWith(`${PAGE_PATH}?`);
}

/** Notes about routers that the page hides. */
export function pageNotes(prefixes: readonly string[]): string[] {
  return prefixes.filter(isPagePath).map((prefix) => `requests to the router ${prefix} do not reach it here: ${PAGE_PATH} is the page of dev`);
}
