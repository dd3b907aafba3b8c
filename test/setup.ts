// In newer versions of aws-cdk-lib, the template validator takes a second per file. Only validator.test.ts switches it on.
process.env.CDK_VALIDATION ??= 'false';
