/** How a router is called. */
export type RouterKind = 'lambda' | 'fetch' | 'stream' | 'listener' | 'asgi' | 'wsgi';

/** How routers are called, by prefix. A router that was not loaded has no entry. */
export type RouterKinds = ReadonlyMap<string, RouterKind>;
