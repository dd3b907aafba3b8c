/**
 * AWS's Parameters and Secrets extension, as a client sees it.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 */
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

export interface Stored {
  readonly status: number;
  readonly body: string;
}

export interface Extension {
  readonly port: number;
  /** The stored values, by {@link keyOf}. */
  stored: ReadonlyMap<string, Stored>;
  close(): void;
}

export const keyOf = (kind: 'secrets' | 'parameters', id: string, versionStage = ''): string => JSON.stringify([kind, id, versionStage]);

export async function startExtension(): Promise<Extension> {
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    const key = pathname === '/secretsmanager/get' ? keyOf('secrets', searchParams.get('secretId')!, searchParams.get('versionStage') ?? '') : keyOf('parameters', searchParams.get('name')!);
    const authorized = request.headers['x-aws-parameters-secrets-token'] === 'the-token';
    const { status, body } = authorized ? extension.stored.get(key) ?? { status: 400, body: 'ResourceNotFoundException: no such thing' } : { status: 401, body: '' };
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const extension: Extension = {
    port: (server.address() as AddressInfo).port,
    stored: new Map(),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return extension;
}
