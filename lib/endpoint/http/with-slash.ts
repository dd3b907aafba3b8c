/** CDK's URL of a named stage does not end with a slash. */
export function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
