/** The page with the cause and the fix of each error and warning. */
const PAGE = 'https://github.com/cdk-lazy-api/cdk-lazy-api/blob/main/docs/troubleshooting.md';

/** The entry of an error code. */
export function helpOfError(code: string): string {
  return `${PAGE}#${code.toLowerCase()}`;
}

/** The entry of a warning. What follows a hyphen in an ID, such as the name of a package, is not part of the anchor. */
export function helpOfWarning(id: string): string {
  return `${PAGE}#${id.split('-')[0]}`;
}
