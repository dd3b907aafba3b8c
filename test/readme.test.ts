import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { PreloadPolicy } from '../lib';
import { readmeBlocks, readmeSection } from './support/readme';
import { NODE_LOAD_COST } from '../lib/languages/javascript/load-cost';

const ROOT = path.join(__dirname, '..');

/** What the snippets of README take for granted. */
const PRELUDE = `
import { Duration, Stack } from 'aws-cdk-lib';
import { IRestApi, MethodLoggingLevel, Period } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { ApiAuthorization, ApiEndpoint, ApiWebAcl, LazyApiFunction, PreloadPolicy, ProvisionedConcurrency, Rollout, Routers, SecretsCache, Verify } from 'cdk-lazy-api';
declare const stack: Stack;
declare const table: Table;
declare const httpApi: HttpApi;
declare const existingApi: IRestApi;
declare const certificate: Certificate;
declare const hostedZone: HostedZone;
declare const userPool: UserPool;
declare const vpcEndpoint: InterfaceVpcEndpoint;
declare const limits: StringParameter;
declare const flags: StringParameter;
declare const dbSecret: Secret;
declare const mailTopic: Topic;
declare const pagerTopic: Topic;
declare const routers: Routers;
`;

const blocks = readmeBlocks().filter(({ language }) => language === 'ts');

/** Compiles sources that exist in memory only, as if they lay in the repository's root, where `cdk-lazy-api` is this package. */
function diagnose(sources: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: ['node', 'aws-lambda'], strict: true, noEmit: true, skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.directoryExists = (directory) => [...sources.keys()].some((file) => file.startsWith(`${directory}${path.sep}`)) || ts.sys.directoryExists(directory);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => (sources.has(file) ? ts.createSourceFile(file, sources.get(file)!, version) : getSourceFile(file, version, ...rest));
  return ts.getPreEmitDiagnostics(ts.createProgram([...sources.keys()], options, host))
    .map(({ file, messageText }) => `${path.basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

test('every TypeScript block compiles', () => {
  const files = blocks.map(({ file }, i) => (file && blocks.findIndex((block) => block.file === file) === i ? file : `readme-${i}.ts`));
  const sources = new Map(blocks.map(({ text }, i) => [path.join(ROOT, files[i]), /^import |^export /m.test(text) ? text : `${PRELUDE}${text}\nexport {};`]));
  expect(sources.size).toBeGreaterThan(10);
  expect(diagnose(sources)).toEqual([]);
});

test('a block that does not compile would be noticed', () => {
  expect(diagnose(new Map([[path.join(ROOT, 'readme-x.ts'), `${PRELUDE}new LazyApiFunction(stack, 'Api', { router: routers });`]]))).toEqual([expect.stringContaining('router')]);
});

test('the table of what INIT loads is the policy\'s', () => {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  const [memory, shares] = ['memory in MB', 'INIT loads what this share of cold starts needs'].map((title) => {
    const row = readme.split('\n').find((line) => line.startsWith(`| ${title} |`))!;
    return row.split('|').slice(2, -1).map((cell) => parseFloat(cell));
  });
  expect(memory.length).toBeGreaterThan(3);
  expect(shares).toEqual(memory.map((megabytes) => Number((PreloadPolicy.memoryAware()._threshold({ memoryMb: megabytes, loadCost: NODE_LOAD_COST }) * 100).toFixed(1))));
});

test('the simplest app is at most twenty lines', () => {
  const app = readmeSection('The simplest app').find(({ file }) => file === 'app.ts')!;
  expect(app.text.trim().split('\n').length).toBeLessThanOrEqual(20);
});
