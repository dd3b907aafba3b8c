// Refuses network connections, and records whether the code tried to connect.
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { syncBuiltinESMExports } from 'node:module';

const RESOLVERS = Object.keys(dns).filter((name) => /^(lookup|resolve|reverse)/.test(name));

export function refuseNetwork() {
  let used = false;
  const refuse = (what) => {
    used = true;
    return Object.assign(new Error(`verification has no network: ${what}`), { code: 'ENETUNREACH', errno: -101, syscall: 'connect' });
  };

  net.Socket.prototype.connect = function connect(...args) {
    const [target] = Array.isArray(args[0]) ? args[0] : args;
    const to = typeof target === 'object' ? target.path ?? `${target.host ?? 'localhost'}:${target.port}` : `${args[1] ?? 'localhost'}:${target}`;
    process.nextTick(() => this.destroy(refuse(to)));
    return this;
  };
  dgram.Socket.prototype.send = function send(...args) {
    const callback = args.at(-1);
    const error = refuse('a datagram');
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => this.emit('error', error));
  };
  for (const name of RESOLVERS) {
    if (typeof dns[name] === 'function') dns[name] = (host, ...rest) => process.nextTick(rest.at(-1), notFound(host, refuse));
    if (typeof dns.promises[name] === 'function') dns.promises[name] = async (host) => { throw notFound(host, refuse); };
  }
  syncBuiltinESMExports();
  return { clear: () => { used = false; }, isUsed: () => used };
}

function notFound(host, refuse) {
  return Object.assign(refuse(host), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host });
}
