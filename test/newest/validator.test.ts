import * as fs from 'fs';
import * as path from 'path';
import { ApiEndpoint } from '../../lib';
import { everything } from '../endpoint/http/support';
import { PUBLIC, vpcEndpointIn } from '../endpoint/rest/support';
import { newApi, newApp, newStack, secretIn } from '../support/app';

// aws-cdk-lib 2.257 has no validator yet, so this runs on the newest only.
test.each<[string, (stack: ReturnType<typeof newStack>) => ApiEndpoint]>([
  ['an HTTP API', () => ApiEndpoint.http()],
  ['an HTTP API with all that it may have', (stack) => ApiEndpoint.http(everything(stack))],
  ['a function URL', () => ApiEndpoint.functionUrl({ streaming: true, cors: { allowOrigins: ['https://app.example.com'] } })],
  ['a REST API', () => ApiEndpoint.rest(PUBLIC)],
  ['a private REST API', (stack) => ApiEndpoint.rest({ vpcEndpoints: [vpcEndpointIn(stack)] })],
])('CloudFormation\'s own rules have no finding in the template of %s', (_, endpointOf) => {
  process.env.CDK_VALIDATION = 'true';
  const app = newApp({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  const stack = newStack({}, app);
  newApi({ endpoint: endpointOf(stack), secrets: { DB: secretIn(stack) } }, stack);
  app.synth();
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')) as { pluginReports: unknown[] };
  expect(report.pluginReports).toEqual([]);
});
