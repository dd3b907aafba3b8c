import { Lazy } from 'aws-cdk-lib';
import { plausibleEnvironment } from '../../lib/function/environment';

const token = Lazy.string({ produce: () => 'known at deployment' });

test.each([
  ['TABLE_ARN', token, 'arn:aws:verification:us-east-1:123456789012:verification'],
  ['QUEUE_URL', token, 'https://verification.invalid/'],
  ['apiEndpoint', token, 'https://verification.invalid/'],
  ['DB_HOST', token, 'verification.invalid'],
  ['DB_PORT', token, '443'],
  ['BUCKET_REGION', token, 'us-east-1'],
  ['TABLE_NAME', token, 'verification'],
  ['REPORT', token, 'verification'],
  ['queueArn', token, 'arn:aws:verification:us-east-1:123456789012:verification'],
  ['API_URL', `https://${token}.example.com/v1`, 'https://verification.example.com/v1'],
  ['STAGE', 'prod', 'prod'],
  ['EMPTY', '', ''],
])('verification of a function with %s=%s uses the value %s', (name, value, expected) => {
  expect(plausibleEnvironment({ [name]: value })).toEqual({ environment: { [name]: expected }, standIns: value === expected ? [] : [name] });
});
