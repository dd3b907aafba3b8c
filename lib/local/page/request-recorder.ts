import type { RequestLine } from '../server/request-line';

/** The number of requests that are kept. */
const REQUESTS = 50;

/** The maximum length of a path or a note that is kept, in characters. */
const CHARACTERS = 1000;

/** What is known about a request in addition to its line. */
export interface RequestFacts {
  /** The environment that ran it. */
  readonly environment?: { readonly hasEnded: boolean };
  /** Whether it has shown that the environment has loaded its router. */
  readonly hasLoaded: boolean;
  /** The mark of the request tester, if it sent the request. */
  readonly tester?: string;
}

/** A request that is kept. */
export interface RecordedRequest extends RequestLine {
  /** Starts at 1. */
  readonly number: number;
  readonly tester?: string;
}

/** What the requests to a router have shown. */
export interface RouterRecord {
  readonly requests: number;
  /** Responses with a status of 500 or more. */
  readonly errors: number;
  readonly lastStatus?: number;
  readonly lastTotalMs?: number;
  /** How long the latest request that waited for the router to load waited. */
  readonly loadMs?: number;
}

const NO_REQUESTS: RouterRecord = { requests: 0, errors: 0 };

/** Counts requests, and keeps the latest ones. What it keeps does not grow with the number of requests. */
export class RequestRecorder {
  /** Latest first. */
  public readonly latest: RecordedRequest[] = [];
  public all = NO_REQUESTS;
  public coldStarts = 0;
  private initMs = 0;
  private readonly routers = new Map<string, RouterRecord>();
  /** The routers that each environment has loaded. */
  private readonly loaded = new Map<{ readonly hasEnded: boolean }, Set<string>>();

  /** @param prefixes of the existing routers. What the function logs cannot add others */
  public record(line: RequestLine, { environment, hasLoaded, tester }: RequestFacts, prefixes: ReadonlySet<string>): void {
    const { path, notes, router } = line;
    this.all = counted(this.all, line);
    this.latest.unshift({ ...line, path: shorten(path), notes: notes.map(shorten), number: this.all.requests, tester });
    this.latest.length = Math.min(this.latest.length, REQUESTS);
    if (line.cold) this.coldStarts++;
    this.initMs += line.initMs ?? 0;
    const known = router !== undefined && prefixes.has(router) ? router : undefined;
    if (known !== undefined) this.routers.set(known, counted(this.router(known), line));
    if (environment) this.see(environment, hasLoaded ? known : undefined);
  }

  public router(prefix: string): RouterRecord {
    return this.routers.get(prefix) ?? NO_REQUESTS;
  }

  public get meanInitMs(): number | undefined {
    return this.coldStarts === 0 ? undefined : this.initMs / this.coldStarts;
  }

  /** The number of running environments that have served a request and, if a router is named, have loaded it. */
  public environments(router?: string): number {
    return [...this.loaded].filter(([environment, routers]) => !environment.hasEnded && (router === undefined || routers.has(router))).length;
  }

  private see(environment: { readonly hasEnded: boolean }, loaded: string | undefined): void {
    for (const other of this.loaded.keys()) {
      if (other.hasEnded) this.loaded.delete(other);
    }
    const routers = this.loaded.get(environment) ?? new Set();
    if (loaded !== undefined) routers.add(loaded);
    this.loaded.set(environment, routers);
  }
}

function counted({ requests, errors, loadMs }: RouterRecord, line: RequestLine): RouterRecord {
  const hasFailed = line.status !== undefined && line.status >= 500;
  return {
    requests: requests + 1,
    errors: errors + (hasFailed ? 1 : 0),
    lastStatus: line.status,
    lastTotalMs: line.totalMs,
    loadMs: line.loadMs ?? loadMs,
  };
}

function shorten(text: string): string {
  return text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text;
}
