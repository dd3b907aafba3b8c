import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** A rule of cdk-nag that the API breaks intentionally. */
export interface Acknowledgement {
  /** The name of the rule, without the name of the pack. */
  readonly rule: string;
  readonly packs: readonly string[];
  /** The paths of the constructs, relative to the stack. */
  readonly paths: readonly string[];
  readonly reason: string;
}

const REGULATIONS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

export const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  { rule: 'COG4', packs: ['AwsSolutions'], paths: ['Api/RestApi'], reason: 'The callers are services of the clinic. They sign their requests, and IAM authorizes them.' },
  { rule: 'IAM5[Resource::*]', packs: ['AwsSolutions'], paths: ['Api/Role'], reason: 'X-Ray and the network interfaces of a function in a VPC have no ARN that a policy can name. AWS documents both with "*".' },
  { rule: 'IAMNoInlinePolicy', packs: REGULATIONS, paths: ['Api/Role', 'Vpc/all'], reason: 'The policy belongs to one role and is deleted with it. A managed policy could be attached to other roles.' },
  { rule: 'LambdaDLQ', packs: ['HIPAA.Security', 'NIST.800.53.R5'], paths: ['Api/Function'], reason: 'API Gateway waits for the response. No invocation is asynchronous, so a dead-letter queue would stay empty.' },
  { rule: 'APIGWCacheEnabledAndEncrypted', packs: REGULATIONS, paths: ['Api/RestApi'], reason: 'Responses contain health data for one caller and must not be cached.' },
  { rule: 'APIGWSSLEnabled', packs: REGULATIONS, paths: ['Api/RestApi'], reason: 'Client certificates are for HTTP backends. API Gateway invokes Lambda with signed requests to the AWS API.' },
  { rule: 'VPCDefaultSecurityGroupClosed', packs: REGULATIONS, paths: ['Vpc'], reason: 'CloudFormation cannot change the default security group. No resource uses it: each construct has a separate security group.' },
];

export function acknowledge(stack: IConstruct): void {
  for (const { rule, packs, paths, reason } of ACKNOWLEDGEMENTS) {
    for (const path of paths) {
      const construct = path.split('/').reduce((scope, id) => scope.node.findChild(id), stack);
      for (const pack of packs) Validations.of(construct).acknowledge({ id: `${pack}-${rule}`, reason });
    }
  }
}
