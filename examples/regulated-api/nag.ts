/**
 * Prints the findings of four cdk-nag packs, and fails if there are any. (With a newer aws-cdk-lib than the oldest that cdk-lazy-api supports, add
 * the packs to the app itself: `Validations.of(app).addPlugins(new AwsSolutionsChecks(app))`.)
 */
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { RegulatedApi } from './regulated-api';

const app = new App();
new RegulatedApi(app, 'RegulatedApi');

const findings = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks]
  .flatMap((Pack) => new Pack(app).validateScope(app).violations)
  .flatMap(({ ruleName, description, violatingResources }) => violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}: ${description}`));

console.log(findings.join('\n') || 'AwsSolutions, HIPAA.Security, NIST.800.53.R5 and PCI.DSS.321 find nothing.');
process.exitCode = findings.length > 0 ? 1 : 0;
