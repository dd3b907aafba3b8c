/**
 * What a vector file declares. README.md explains each member, and schema.json defines its type.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EndpointTraits } from '../../lib/contract/endpoint';
import { ReportOptions } from '../../lib/contract/report-options';

/** Any JSON value. A precise type would be recursive, which a lint rule does not support. */
export type Json = unknown;
export interface JsonObject {
  readonly [name: string]: Json;
}

export interface VectorFile {
  readonly about: string;
  readonly requires?: readonly string[];
  readonly app: VectorApp;
  readonly environment?: JsonObject;
  readonly cases: readonly Vector[];
}

/** The application to build. Cases with equal applications share an asset. */
export interface VectorApp {
  readonly routers: { readonly [prefix: string]: string | RouterFixture };
  readonly endpoint?: Partial<EndpointTraits>;
  readonly report?: ReportOptions;
  readonly preTraffic?: boolean;
}

export interface RouterFixture {
  readonly fixture: string;
  readonly stripPrefix?: boolean;
}

export interface Vector {
  readonly name: string;
  readonly requires?: readonly string[];
  readonly fresh?: boolean;
  readonly environment?: JsonObject;
  readonly event: { readonly from: string; readonly with?: JsonObject } | { readonly raw: Json };
  readonly do?: JsonObject;
  readonly remainingMs?: number;
  readonly extension?: readonly ServerAnswer[];
  readonly aws?: readonly ServerAnswer[];
  readonly expect: Expectation;
}

export interface ServerAnswer {
  readonly status?: number;
  readonly body?: Json;
  readonly afterMs?: number;
  readonly hangs?: boolean;
}

export interface Expectation {
  readonly router?: string | null;
  readonly request?: JsonObject;
  readonly event?: JsonObject;
  readonly outcomes?: Json;
  readonly result?: Json;
  readonly answer?: JsonObject;
  /** A status and a code, such as `404 ROUTE_UNKNOWN`. */
  readonly failure?: string;
  readonly logs?: Json;
  readonly asked?: { readonly extension?: Json; readonly aws?: Json };
  readonly atOnce?: { readonly extension?: number; readonly aws?: number };
  readonly hidden?: readonly string[];
}

const FOLDER = join(__dirname, 'vectors');

/** By file name, relative to the folder of the vectors. */
export function readVectors(): Array<{ readonly file: string; readonly vectors: VectorFile }> {
  return (readdirSync(FOLDER, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, vectors: readJson(join(FOLDER, file)) as VectorFile }));
}

export function readJson(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

/** What a case needs and a language does not have. */
export function missingCapabilities(file: VectorFile, vector: Vector, capabilities: readonly string[]): string[] {
  return [...file.requires ?? [], ...vector.requires ?? []].filter((capability) => !capabilities.includes(capability));
}

/** The file without the cases that need a capability. */
export function withoutCapability({ cases, ...file }: VectorFile, capability: string): VectorFile {
  return { ...file, cases: cases.filter(({ requires = [] }) => !requires.includes(capability)) };
}

/** Whether the routers can be written in another way, because one of them is a web application of any kind. */
export function withWebRouters({ requires = [], app }: VectorFile): boolean {
  const fixtures = Object.values(app.routers).map((router) => (typeof router === 'string' ? router : router.fixture));
  return !requires.includes('fetch') && fixtures.includes('web');
}
