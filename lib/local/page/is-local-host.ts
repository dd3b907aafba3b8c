const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Whether a browser that sends this Host header has asked for this machine by a name of its own. A website can let its own name point to 127.0.0.1
 * (DNS rebinding), and would be of the same origin as the page.
 */
export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && LOCAL_HOST.test(host);
}
