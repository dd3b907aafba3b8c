/**
 * Local servers that replace the extension and AWS. They respond as a vector declares.
 */
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Json, JsonObject, ServerAnswer } from './vector';
import { listen } from '../lambda-node/runtime-client';

/** The headers that vectors can mention. */
const HEADERS = ['x-aws-parameters-secrets-token', 'x-amz-target', 'content-type', 'x-amz-security-token', 'authorization'];

export class AnsweringServer {
  public static async start(): Promise<AnsweringServer> {
    const one = new AnsweringServer();
    one.port = await listen(one.server);
    return one;
  }

  public port = 0;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private answers: readonly ServerAnswer[] = [];
  private asked: JsonObject[] = [];
  private open = 0;
  private most = 0;

  /** The last response applies to all later requests. */
  public expect(answers: readonly ServerAnswer[] = [{ status: 500, body: 'the vector declares no answer' }]): void {
    this.answers = answers;
    this.asked = [];
    this.most = this.open;
  }

  /** The requests since `expect` was called, and the maximum number of open requests. */
  public seen(): { readonly asked: readonly JsonObject[]; readonly most: number } {
    return { asked: this.asked, most: this.most };
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.most = Math.max(this.most, ++this.open);
    response.on('close', () => { this.open--; });
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status = 200, body = '', afterMs = 0, hangs } = this.answers[Math.min(this.asked.length, this.answers.length - 1)];
    const asked = describe(request, Buffer.concat(chunks).toString());
    this.asked.push(asked);
    if (hangs) return;
    await wait(afterMs);
    response.writeHead(status).end((typeof body === 'string' ? body : JSON.stringify(body)).replaceAll('${id}', idOf(asked)));
  }
}

/** Returns the requested id. */
function idOf({ query, body }: JsonObject): string {
  const { secretId, name } = query as { readonly [name: string]: string };
  const { SecretId, Name } = JSON.parse(String(body || '{}')) as { readonly [name: string]: string };
  return secretId ?? name ?? SecretId ?? Name ?? '';
}

function describe({ method, url, headers }: IncomingMessage, body: string): JsonObject {
  const { pathname, searchParams } = new URL(url!, 'http://localhost');
  const known = Object.fromEntries(HEADERS.filter((name) => headers[name] !== undefined).map((name) => [name, headers[name] as Json]));
  return { method: method!, path: pathname, query: Object.fromEntries(searchParams), headers: known, body };
}
