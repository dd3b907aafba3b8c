import { authorizationBy, AuthorizerOutput, readOutput } from './authorizer-answer';
import { AuthorizerCache } from './authorizer-cache';
import { authorizerEvent, requestArn } from './authorizer-event';
import { identityOf } from './identity';
import { LambdaAuthorizer, readLambdaAuthorizer } from './lambda-authorizer';
import type { Properties } from '../assembly/template';
import { AskedRoute, Authorization, unauthorized } from '../endpoint/authorize';
import type { LocalEndpoint } from '../endpoint/local-endpoint';
import type { LocalLambda } from '../lambda/local-lambda';

/** A Lambda authorizer that runs on this machine. */
export class LocalAuthorizer {
  private readonly declared: LambdaAuthorizer;
  private readonly cache = new AuthorizerCache<AuthorizerOutput>();

  /** @param properties of the authorizer's resource */
  constructor(kind: LocalEndpoint['kind'], properties: Properties, private readonly lambda: LocalLambda, private readonly region: string) {
    this.declared = readLambdaAuthorizer(kind, properties);
  }

  public async authorize(asked: AskedRoute): Promise<Authorization> {
    const { declared } = this;
    const identity = identityOf(declared, asked);
    if ('missing' in identity) return unauthorized(`the request lacks identity sources of the authorizer: ${identity.missing.join(', ')}`);
    if (declared.tokenPattern?.test(identity.values[0]) === false) return unauthorized('the token does not match the pattern of the authorizer');
    const arn = requestArn(asked, this.region);
    const output = this.cache.get(identity.values) ?? await this.ask(asked, identity.values, arn);
    return 'passes' in output ? output : authorizationBy(output, declared, asked.endpoint, arn);
  }

  /** Results of the function are cached, including denials. Its errors are not. */
  private async ask(asked: AskedRoute, identity: readonly string[], arn: string): Promise<AuthorizerOutput | Authorization> {
    const { result } = await this.lambda.invoke(JSON.stringify(authorizerEvent(this.declared, asked, identity, arn)));
    const output = readOutput(result, this.declared);
    if (!('passes' in output)) this.cache.set(identity, output, this.declared.ttl);
    return output;
  }
}
