import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Rules of cdk-nag that the API breaks on purpose. */
export interface Acknowledgement {
  /** The rule, without the pack before it. */
  readonly rule: string;
  readonly packs: readonly string[];
  /** The constructs, below the stack. */
  readonly paths: readonly string[];
  readonly reason: string;
}

const REGULATIONS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

export const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  { rule: 'COG4', packs: ['AwsSolutions'], paths: ['Api/RestApi'], reason: 'Callers are services of the clinic: they sign their requests, and IAM authorises them.' },
  { rule: 'IAM5[Resource::*]', packs: ['AwsSolutions'], paths: ['Api/Role'], reason: 'X-Ray and the network interfaces of a function in a VPC have no ARN to name: AWS documents both with "*".' },
  { rule: 'IAMNoInlinePolicy', packs: REGULATIONS, paths: ['Api/Role', 'Vpc/all'], reason: 'The policy is of one role only and goes with it; a managed policy could be attached to others.' },
  { rule: 'LambdaDLQ', packs: ['HIPAA.Security', 'NIST.800.53.R5'], paths: ['Api/Function'], reason: 'API Gateway waits for the answer: no invocation is asynchronous, so none can be lost to a queue.' },
  { rule: 'APIGWCacheEnabledAndEncrypted', packs: REGULATIONS, paths: ['Api/RestApi'], reason: 'Answers are health data of one caller: they are not to be kept.' },
  { rule: 'APIGWSSLEnabled', packs: REGULATIONS, paths: ['Api/RestApi'], reason: 'A client certificate is for HTTP backends; Lambda is invoked by AWS\'s signed API.' },
  { rule: 'VPCDefaultSecurityGroupClosed', packs: REGULATIONS, paths: ['Vpc'], reason: 'CloudFormation cannot change the default security group, and nothing is in it: each construct has one of its own.' },
];

export function acknowledge(stack: IConstruct): void {
  for (const { rule, packs, paths, reason } of ACKNOWLEDGEMENTS) {
    for (const path of paths) {
      const construct = path.split('/').reduce((scope, id) => scope.node.findChild(id), stack);
      for (const pack of packs) Validations.of(construct).acknowledge({ id: `${pack}-${rule}`, reason });
    }
  }
}
