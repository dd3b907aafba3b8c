import { resolveValue } from '../../../lib/local/assembly/resolve-value';

test.each<[string, unknown, string]>([
  ['STAGE', 'prod', 'prod'],
  ['EMPTY', '', ''],
  ['COUNT', 5, '5'],
  ['REGION', { Ref: 'AWS::Region' }, 'eu-central-1'],
  ['HOST', { 'Fn::Join': ['.', ['s3', { Ref: 'AWS::Region' }, { Ref: 'AWS::URLSuffix' }]] }, 's3.eu-central-1.amazonaws.com'],
  ['TEXT', { 'Fn::Sub': '${AWS::AccountId}-${!x}' }, '123456789012-${x}'],
])('%s = %j resolves to %s', (name, value, expected) => {
  expect(resolveValue(name, value, 'eu-central-1')).toEqual({ value: expected, isKnown: true });
});

test.each<[string, unknown, string]>([
  ['TABLE_NAME', { Ref: 'Table' }, 'verification'],
  ['TABLE_ARN', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:verification:us-east-1:123456789012:verification'],
  ['QUEUE_URL', { Ref: 'Queue' }, 'https://verification.invalid/'],
  ['DB_PORT', { 'Fn::ImportValue': 'port' }, '443'],
  ['API_URL', { 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '.example.com/v1']] }, 'https://verification.example.com/v1'],
  ['API_URL', { 'Fn::Sub': 'https://${Api}.example.com' }, 'https://verification.example.com'],
  ['DB_HOST', '{{resolve:ssm:/db/host}}', 'verification.invalid'],
  ['DSN', 'pg://{{resolve:secretsmanager:db:SecretString:user}}@db', 'pg://verification@db'],
])('%s = %j is available only after deployment, and %s is the placeholder', (name, value, expected) => {
  expect(resolveValue(name, value, 'eu-central-1')).toEqual({ value: expected, isKnown: false });
});

test('the region determines the partition', () => {
  expect(resolveValue('ARN', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::x' }, 'cn-north-1').value).toBe('arn:aws-cn:s3:::x');
});
