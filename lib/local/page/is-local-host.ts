const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Whether the Host header contains one of this machine's own names. With DNS rebinding, the name of a website can point to 127.0.0.1. The website
 * would then have the same origin as the page.
 */
export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && LOCAL_HOST.test(host);
}
