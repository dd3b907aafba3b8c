/**
 * Who may call the API.
 */
export abstract class ApiAuthorization {
  /**
   * Callers sign their requests with AWS credentials that allow `execute-api:Invoke`: see `grantInvoke`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
   */
  public static iam(): ApiAuthorization {
    return new SimpleAuthorization('AWS_IAM');
  }

  /** Anybody on the internet may call the API. */
  public static none(): ApiAuthorization {
    return new SimpleAuthorization('NONE');
  }

  /**
   * API Gateway's name of it.
   * @internal
   */
  public abstract readonly _type: 'AWS_IAM' | 'NONE';
}

class SimpleAuthorization extends ApiAuthorization {
  constructor(public readonly _type: 'AWS_IAM' | 'NONE') {
    super();
  }
}
