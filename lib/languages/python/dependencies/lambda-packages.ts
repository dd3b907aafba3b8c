import { normalizeName } from './requirements/requirement';

/** What Lambda's runtime contains for boto3: https://docs.aws.amazon.com/lambda/latest/dg/python-package.html */
const LAMBDA_PACKAGES: ReadonlySet<string> = new Set(['boto3', 'botocore', 'jmespath', 'python-dateutil', 's3transfer', 'six', 'urllib3']);

/** Whether the function can import a package that its code does not contain. */
export function comesWithLambda(name: string): boolean {
  return LAMBDA_PACKAGES.has(normalizeName(name));
}
