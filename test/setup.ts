// The template validator of newer versions of aws-cdk-lib takes a second per file: one test switches it on, see validator.test.ts.
process.env.CDK_VALIDATION ??= 'false';
