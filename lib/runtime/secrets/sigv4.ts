/**
 * AWS Signature Version 4, for requests without a query string.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export interface Signable {
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

export interface SigningContext {
  readonly service: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
  readonly now: Date;
}

/** The headers of the signed POST request. */
export function sign({ url, headers, body }: Signable, { service, region, credentials, now }: SigningContext): { [name: string]: string } {
  const { createHash, createHmac } = process.getBuiltinModule('node:crypto');
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const date = time.slice(0, 8);
  const all: { [name: string]: string } = {
    ...headers,
    'host': url.host,
    'x-amz-date': time,
    ...credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken },
  };
  const names = Object.keys(all).sort();
  const signedHeaders = names.join(';');
  const canonical = ['POST', url.pathname, '', ...names.map((name) => `${name}:${all[name].trim()}`), '', signedHeaders, hash(body)].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${credentials.secretAccessKey}`, date));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, hash(canonical)].join('\n')).toString('hex');
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}
