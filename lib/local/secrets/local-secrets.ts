import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { SecretValues } from './secret-values';
import { SecretKind, SecretsConfig } from '../../contract/secrets';
import { SECRETS_VARIABLE } from '../../contract/variables';

/** The code for a missing value, instead of a code of AWS. The function's error begins with it. Programs with the AWS SDK get the code of AWS. */
const NO_VALUE = 'LocalValueNotFound';

/** Replaces the Parameters and Secrets extension and the services behind it. */
export interface LocalSecrets {
  /** The environment variables with which the function finds it. */
  readonly variables: Readonly<Record<string, string>>;
  /** The names that the function declares but that have no value. */
  readonly missing: readonly string[];
  close(): void;
}

/** The requested value. */
interface Asked {
  readonly kind: SecretKind;
  /** The name that router code uses. */
  readonly name: string;
  readonly token: string;
}

/**
 * Serves values on a port of this machine. The function reads them as in Lambda. Only requests with the function's session token receive values.
 *
 * @param environment the function's environment variables; one of them lists what it reads
 * @param tell called with the name of a missing value that the function requests
 */
export async function startLocalSecrets(
  environment: Readonly<Record<string, string>>, values: SecretValues, tell: (name: string) => void = () => {},
): Promise<LocalSecrets> {
  const token = environment.AWS_SESSION_TOKEN ?? (environment.AWS_ACCESS_KEY_ID === undefined ? randomUUID() : '');
  const server = createServer((request, response) => void answer(request, response, (asked) => {
    const value = asked.token === token ? values[asked.kind].get(asked.name) : undefined;
    if (value === undefined && asked.token === token) tell(asked.name);
    return value;
  }));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = JSON.parse(environment[SECRETS_VARIABLE]) as SecretsConfig;
  return {
    variables: {
      [SECRETS_VARIABLE]: JSON.stringify({ ...config, secrets: byName(config.secrets), parameters: byName(config.parameters), port }),
      // For reads that bypass the extension.
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${port}/`,
      AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${port}/`,
      ...token !== '' && { AWS_SESSION_TOKEN: token },
    },
    missing: (['secrets', 'parameters'] as const).flatMap((kind) => Object.keys(config[kind]).filter((name) => !values[kind].has(name))),
    close: () => end(server),
  };
}

/** Identifiers may be known only at deployment, so each name is its own identifier here. */
function byName(identifiers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(identifiers).map((name) => [name, name]));
}

async function answer(request: IncomingMessage, response: ServerResponse, find: (asked: Asked) => string | undefined): Promise<void> {
  const asked = await parse(request);
  const value = asked && find(asked);
  response.statusCode = value === undefined ? 400 : 200;
  if (value === undefined) return void response.end(JSON.stringify({ __type: request.method === 'POST' ? 'ResourceNotFoundException' : NO_VALUE }));
  response.end(JSON.stringify(asked!.kind === 'secrets' ? { SecretString: value } : { Parameter: { Value: value } }));
}

/** Parses a request to the extension or to AWS. */
async function parse(request: IncomingMessage): Promise<Asked | undefined> {
  const { method, url = '/', headers } = request;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  if (method === 'POST') {
    const { SecretId: secret, Name: parameter } = await readJson(request);
    const token = String(headers['x-amz-security-token'] ?? '');
    return secret === undefined ? { kind: 'parameters', name: String(parameter), token } : { kind: 'secrets', name: secret, token };
  }
  const token = String(headers['x-aws-parameters-secrets-token'] ?? '');
  if (pathname === '/secretsmanager/get') return { kind: 'secrets', name: searchParams.get('secretId') ?? '', token };
  return pathname === '/systemsmanager/parameters/get' ? { kind: 'parameters', name: searchParams.get('name') ?? '', token } : undefined;
}

async function readJson(request: IncomingMessage): Promise<{ readonly SecretId?: string; readonly Name?: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return Object(JSON.parse(Buffer.concat(chunks).toString())) as object;
  } catch {
    return {};
  }
}

function end(server: Server): void {
  server.close();
  server.closeAllConnections();
}
