import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
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
 * Answers on loopback as AWS's Parameters and Secrets extension does.
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
    this.server = createServer((request, response) => this.serve(request, response));
  }

  /** The variables with which a function finds the extension. */
  public get variables(): Record<string, string> {
    const namesOf = (values: object = {}) => Object.fromEntries(Object.keys(values).map((name) => [name, name]));
    const config: SecretsConfig = {
      secrets: namesOf(this.values.secrets),
      parameters: namesOf(this.values.parameters),
      port: (this.server.address() as AddressInfo).port,
      timeout: TIMEOUT_MS,
      connections: CONNECTIONS,
      ttl: 0,
      staleOnError: 0,
    };
    return { [SECRETS_VARIABLE]: JSON.stringify(config), AWS_SESSION_TOKEN: 'local' };
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    const isSecret = pathname === '/secretsmanager/get';
    const { secrets = {}, parameters = {} } = this.values;
    const [values, name] = isSecret ? [secrets, searchParams.get('secretId')!] : [parameters, searchParams.get('name')!];
    if (!Object.hasOwn(values, name)) return void response.writeHead(400).end('{"__type":"ResourceNotFoundException"}');
    const value = values[name];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    response.end(JSON.stringify(isSecret ? { SecretString: text } : { Parameter: { Value: text } }));
  }
}
