import * as fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as path from 'node:path';
import { EventStreams } from './event-streams';
import { isLocalHost } from './is-local-host';
import { PAGE_PATH, TESTER_HEADER } from './page-path';
import { describePage, PageApi, PageState } from './page-state';
import { RequestFacts, RequestRecorder } from './request-recorder';
import type { ApiManifest } from '../../contract/manifest';
import type { BuildStatus } from '../server/build-state';
import type { RequestLine } from '../server/request-line';

/** The current data of the page. */
export interface LocalPageOptions {
  api(): PageApi;
  manifest(): ApiManifest;
}

/** A response that the page shows cannot run scripts, and other websites cannot embed the page. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const ASSETS = path.join(__dirname, 'assets');

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', mjs: 'text/javascript; charset=utf-8',
};

/** The page at `/_lazy`. It shows what the API has done since it was started, and can send it requests. */
export class LocalPage {
  private readonly recorder = new RequestRecorder();
  private readonly streams = new EventStreams(() => JSON.stringify(this.state()));
  private failures = 0;

  constructor(private readonly options: LocalPageOptions, private readonly build?: BuildStatus) {
    build?.onChange(() => {
      if (build.state.kind === 'failed') this.failures++;
      this.streams.change();
    });
  }

  /** Shows a request. */
  public record(line: RequestLine, facts: Omit<RequestFacts, 'tester'>, { headers }: IncomingMessage): void {
    const prefixes = new Set(this.options.manifest().routers.map(({ prefix }) => prefix));
    this.recorder.record(line, { ...facts, tester: markOf(headers[TESTER_HEADER]) }, prefixes);
    this.streams.change();
  }

  /** Responds to a request for the page with this path. */
  public answer(target: string, { method, headers }: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const name = target.replace(/\?.*$/, '').slice(PAGE_PATH.length).replace(/^\//, '');
    if (!isLocalHost(headers.host)) return refuse(response, 403, `The host must be localhost: open http://localhost:PORT${PAGE_PATH}`);
    if (method !== 'GET') return refuse(response.setHeader('allow', 'GET'), 405, 'The method must be GET');
    if (name === 'events') return this.streams.add(response);
    if (name === 'state.json') return void response.setHeader('content-type', 'application/json').end(JSON.stringify(this.state()));
    answerFile(name === '' ? 'index.html' : name, response);
  }

  private state(): PageState {
    const { manifest, api } = this.options;
    return describePage(api(), manifest(), this.recorder, { state: this.build?.state ?? { kind: 'built' }, failures: this.failures });
  }
}

function answerFile(name: string, response: ServerResponse): void {
  const [, extension] = /^[a-z-]+\.(html|css|mjs)$/.exec(name) ?? [];
  const file = path.join(ASSETS, name);
  if (extension === undefined || !fs.existsSync(file)) return refuse(response, 404, `There is no ${PAGE_PATH}/${name}`);
  response.setHeader('content-type', TYPES[extension]).end(fs.readFileSync(file));
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8').end(`${text}.\n`);
}

/** An ID that the page generated. Rejects anything longer. */
function markOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,40}$/.test(value) ? value : undefined;
}
