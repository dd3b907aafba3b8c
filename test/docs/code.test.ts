/** Every code block in README and in the guides is compiled, parsed, or compared with the command that it calls. */
import { execFileSync } from 'child_process';
import * as path from 'path';
import * as ts from 'typescript';
import { parse } from 'yaml';
import { codeBlocks, pages, ROOT } from '../support/docs';
import { somePython } from '../support/python-tools';

/** The declarations that blocks without imports can use. */
const PRELUDE = `
import * as cdk from 'aws-cdk-lib';
import { Aspects, Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { IRestApi, MethodLoggingLevel, Period } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { InterfaceVpcEndpoint, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import {
  ApiAuthorization, ApiEndpoint, ApiWebAcl, LazyApiFunction, LazyPythonApiFunction, PreloadPolicy, ProvisionedConcurrency, PythonRouters, RequestLog,
  Rollout, Routers, SecretsCache, Verify,
} from 'cdk-lazy-api';
declare const stack: Stack;
declare const table: Table;
declare const httpApi: HttpApi;
declare const existingApi: IRestApi;
declare const certificate: Certificate;
declare const hostedZone: HostedZone;
declare const userPool: UserPool;
declare const vpcEndpoint: InterfaceVpcEndpoint;
declare const vpc: Vpc;
declare const key: Key;
declare const limits: StringParameter;
declare const flags: StringParameter;
declare const dbSecret: Secret;
declare const mailTopic: Topic;
declare const pagerTopic: Topic;
declare const authorizerFunction: lambda.Function;
declare const routers: Routers;
declare const api: LazyApiFunction;
`;

const RECIPES = path.join(ROOT, 'examples/recipes/node_modules');

/** Packages that only the recipes install, by their import names. */
const PACKAGES_OF_RECIPES = { 'express': [`${RECIPES}/@types/express`], 'fastify': [`${RECIPES}/fastify`], '@nestjs/*': [`${RECIPES}/@nestjs/*`] };

const PRELUDE_NAMES = [...PRELUDE.matchAll(/declare const (\w+)/g)].map(([, name]) => name);

/** Compiles in-memory sources as if they were in the repository's root, where `cdk-lazy-api` is this package. */
function diagnose(sources: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: ['node', 'aws-lambda'], strict: true, noEmit: true, skipLibCheck: true,
    experimentalDecorators: true, emitDecoratorMetadata: true, paths: PACKAGES_OF_RECIPES,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.directoryExists = (directory) => [...sources.keys()].some((file) => file.startsWith(`${directory}${path.sep}`)) || ts.sys.directoryExists(directory);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => (sources.has(file) ? ts.createSourceFile(file, sources.get(file)!, version) : getSourceFile(file, version, ...rest));
  return ts.getPreEmitDiagnostics(ts.createProgram([...sources.keys()], options, host))
    .map(({ file, start, messageText }) => `${where(file, start)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

/** The file and the line of a problem. */
function where(file: ts.SourceFile | undefined, start = 0): string {
  return file ? `${path.relative(ROOT, file.fileName)}: ${file.text.split('\n')[file.getLineAndCharacterOfPosition(start).line].trim()}` : '';
}

/** If a block itself declares a constant of the prelude, only the other constants are added. */
function withPrelude(text: string): string {
  const declared = PRELUDE_NAMES.filter((name) => new RegExp(`^const ${name}\\b`, 'm').test(text));
  const prelude = declared.reduce((left, name) => left.replace(new RegExp(`^declare const ${name}:.*$`, 'm'), ''), PRELUDE);
  return `${prelude}${text}\nexport {};`;
}

/** The blocks of a page form one project. A block with a file name is that file. */
function sourcesOf(page: string): Map<string, string> {
  const directory = path.join(ROOT, `blocks-of-${path.basename(page, '.md')}`);
  const blocks = codeBlocks(page).filter(({ language }) => language === 'ts');
  return new Map(blocks.map(({ text, file }, i) => {
    const isFirst = file !== undefined && blocks.findIndex((block) => block.file === file) === i;
    const name = isFirst ? file : `block-${i}.ts`;
    return [path.join(directory, name), /^import |^export /m.test(text) ? text : withPrelude(text)];
  }));
}

test('every TypeScript block compiles', () => {
  const sources = new Map(pages().flatMap((page) => [...sourcesOf(page)]));
  expect(sources.size).toBeGreaterThan(10);
  expect(diagnose(sources)).toEqual([]);
});

test('the test detects a block that does not compile', () => {
  const found = diagnose(new Map([[path.join(ROOT, 'blocks.ts'), withPrelude('new LazyApiFunction(stack, \'Api\', { router: routers });')]]));
  expect(found).toEqual([expect.stringContaining('router')]);
});

test.each(pages())('the data in %s can be parsed', (page) => {
  for (const { language, text } of codeBlocks(page)) {
    if (language === 'json') expect(() => JSON.parse(text) as unknown).not.toThrow();
    if (language === 'yaml') expect(() => parse(text) as unknown).not.toThrow();
  }
});

test('every Python block parses', () => {
  const blocks = pages().flatMap((page) => codeBlocks(page).filter(({ language }) => language === 'python').map(({ text }) => text));
  expect(blocks.length).toBeGreaterThan(3);
  const program = 'import ast, json, sys\nfor block in json.load(sys.stdin): ast.parse(block)';
  execFileSync(somePython().path, ['-c', program], { input: JSON.stringify(blocks), stdio: ['pipe', 'ignore', 'pipe'] });
});

test.each(pages())('%s has only blocks in checked languages, or plain output', (page) => {
  const languages = new Set(codeBlocks(page).map(({ language }) => language));
  for (const language of languages) expect(['', 'ts', 'sh', 'json', 'yaml', 'text', 'python', 'java', 'go', 'csharp', 'http', 'diff', 'mermaid', 'sql', 'xml']).toContain(language);
});
