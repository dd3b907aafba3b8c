import * as fs from 'fs';
import * as path from 'path';
import { newApi, newApp, newStack } from '../support/app';

// aws-cdk-lib 2.257 has no validator yet, so this runs on the newest only.
test('CloudFormation\'s own rules have no finding in the template', () => {
  process.env.CDK_VALIDATION = 'true';
  const app = newApp({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
  newApi({}, newStack({}, app));
  app.synth();
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8')) as { pluginReports: unknown[] };
  expect(report.pluginReports).toEqual([]);
});
