/** The request as an HTTP API passes it on, in payload format 2.0. */
export function toEvent({ prefix, method, path, headers = {}, body }) {
  const [rawPath, rawQueryString = ''] = path.split('?');
  const exact = rawPath === prefix;
  return {
    version: '2.0',
    routeKey: `ANY ${prefix}${exact ? '' : '/{proxy+}'}`,
    rawPath,
    rawQueryString,
    queryStringParameters: rawQueryString ? Object.fromEntries(new URLSearchParams(rawQueryString)) : undefined,
    headers: { 'host': 'demo.execute-api.eu-central-1.amazonaws.com', 'content-type': 'application/json', ...headers },
    pathParameters: exact ? undefined : { proxy: rawPath.slice(prefix.length + 1) },
    requestContext: {
      accountId: '123456789012',
      apiId: 'demo',
      domainName: 'demo.execute-api.eu-central-1.amazonaws.com',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'demo' },
      requestId: 'demo',
      stage: '$default',
      timeEpoch: Date.now(),
    },
    body,
    isBase64Encoded: false,
  };
}
