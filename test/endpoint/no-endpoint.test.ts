import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal } from 'aws-cdk-lib/aws-iam';
import { ApiEndpoint, LazyApiFunctionProps } from '../../lib';
import { newApi, newAppWithoutBundling, newStack, routersAt } from '../support/app';

const create = (props: Partial<LazyApiFunctionProps> = {}) => newApi({ ...props, routers: routersAt(['/users']), endpoint: ApiEndpoint.none() }, newStack({}, newAppWithoutBundling()));

test('ApiEndpoint.none() creates the function without an API or a URL', () => {
  const template = Template.fromStack(Stack.of(create({ monitoring: { alarms: false, dashboard: false, savedQueries: false } })));
  expect(Object.values(template.toJSON().Resources as { [id: string]: { Type: string } }).map(({ Type }) => Type).sort()).toEqual([
    'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Lambda::Alias', 'AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Logs::LogGroup',
  ]);
  expect(template.findOutputs('*')).toEqual({});
});

test.each<[string, (api: ReturnType<typeof create>) => unknown, RegExp]>([
  ['url', (api) => api.url, /NoEndpoint: there is no URL, because endpoint is ApiEndpoint\.none\(\); use the URL of the API/],
  ['metrics', (api) => api.endpoint.metrics, /there is no endpoint that reports metrics/],
  ['grantInvoke', (api) => api.grantInvoke(new AccountRootPrincipal()), /there is no API to call, .*use alias\.grantInvoke/],
])('the error for %s names the missing part', (_, use, message) => {
  expect(() => use(create())).toThrow(message);
});
