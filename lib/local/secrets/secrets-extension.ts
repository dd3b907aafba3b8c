import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { SecretsConfig } from '../../contract/secrets';
import { SECRETS_VARIABLE } from '../../contract/variables';

/** By the names that routers use. What is not a string is a JSON secret. */
export interface SecretValues {
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, string>>;
}

const TIMEOUT_MS = 3_000;
const CONNECTIONS = 3;

/**
 * Answers on loopback as AWS's Parameters and Secrets extension does, and as AWS itself, which a function asks with `refresh: true`.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 */
export class SecretsExtension {
  public static async start(values: SecretValues): Promise<SecretsExtension> {
    const extension = new SecretsExtension(values);
    await new Promise<void>((resolve, reject) => extension.server.once('error', reject).listen(0, 'localhost', resolve));
    return extension;
  }

  private readonly server: Server;

  private constructor(private readonly values: SecretValues) {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.writeHead(400).end('{"__type":"InvalidRequestException"}'));
    });
  }

  /** The variables with which a function finds it. */
  public get variables(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    const url = `http://localhost:${port}`;
    const namesOf = (values: object = {}) => Object.fromEntries(Object.keys(values).map((name) => [name, name]));
    const config: SecretsConfig = {
      secrets: namesOf(this.values.secrets),
      parameters: namesOf(this.values.parameters),
      port,
      timeout: TIMEOUT_MS,
      connections: CONNECTIONS,
      ttl: 0,
      staleOnError: 0,
    };
    return {
      [SECRETS_VARIABLE]: JSON.stringify(config),
      AWS_SESSION_TOKEN: 'local',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      AWS_ENDPOINT_URL_SSM: url,
    };
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { secret, parameter } = request.method === 'POST' ? toAsked(await json(request) as AwsRequest) : askedIn(request.url!);
    const [values = {}, name = ''] = secret === undefined ? [this.values.parameters, parameter] : [this.values.secrets, secret];
    if (!Object.hasOwn(values, name)) return void response.writeHead(400).end('{"__type":"ResourceNotFoundException"}');
    const value = (values as Readonly<Record<string, unknown>>)[name];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    response.end(JSON.stringify(secret === undefined ? { Parameter: { Value: text } } : { SecretString: text }));
  }
}

/** The name of what a request asks for. */
interface Asked {
  readonly secret?: string;
  readonly parameter?: string;
}

/** What GetSecretValue and GetParameter take. */
interface AwsRequest {
  readonly SecretId?: string;
  readonly Name?: string;
}

function toAsked({ SecretId: secret, Name: parameter }: AwsRequest): Asked {
  return { secret, parameter };
}

function askedIn(target: string): Asked {
  const { searchParams } = new URL(target, 'http://localhost');
  return { secret: searchParams.get('secretId') ?? undefined, parameter: searchParams.get('name') ?? undefined };
}
