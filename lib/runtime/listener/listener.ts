/** Everything that only the apps of server frameworks, and other listeners of Node.js, need. */
import { callListener } from './call-listener';
import { isExpressRouter, Listener, toListener } from './to-listener';
import type { LazyRoute } from '../../contract/javascript/entry';
import type { CallableHandler, Exported, ListenerCaller, Router } from '../dispatch/router-module';
import { CodedError } from '../failures/coded-error';
import type { PartTools } from '../part-tools';
import { mount } from '../web/mount';
import { createNotify } from '../web/notices';
import { createPrefixHint } from '../web/prefix-hint';

export interface ListenerPart {
  /** Finds the router of a module in which the core has found none. Rejects if there is none. */
  toRouter(module: unknown, route: Pick<LazyRoute, 'prefix' | 'express'>): Promise<Router>;
}

export function createPart({ log, readPath }: PartTools): ListenerPart {
  const hint = createPrefixHint(createNotify(log));
  const callerOf = (listener: Listener): ListenerCaller => async ({ router: { prefix, stripPrefix = true }, matched }, flight) => {
    const { event } = flight;
    const result = await callListener(listener, mount(event, readPath(event, matched), prefix, stripPrefix), flight);
    hint(prefix, stripPrefix, result.statusCode);
    return result;
  };

  return {
    async toRouter(module, { prefix, express }) {
      const outer = module as Exported;
      const inner = outer?.default;
      for (const candidate of [inner, outer?.handler, inner?.default, inner?.handler]) {
        const listener = await toListener(candidate, express);
        if (listener) return { listener: callerOf(listener) };
        if (isExpressRouter(candidate)) throw exportError(prefix, 'an Express router, which needs its app; export default express().use(router)');
        if (typeof candidate === 'function') return { lambda: candidate as CallableHandler };
      }
      const named = outer?.listener ?? inner?.listener;
      const listener = await toListener(named) ?? named;
      if (typeof listener === 'function') return { listener: callerOf(listener as Listener) };
      throw exportError(prefix, 'neither a function (event, context), nor an object with fetch(request), nor the app of a server framework');
    },
  };
}

function exportError(prefix: string, what: string): CodedError {
  return new CodedError('ROUTER_EXPORT', `router ${prefix} exports ${what}`, { router: prefix });
}
