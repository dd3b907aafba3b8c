import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Properties } from './template';

/** The code of any function in a template, as this machine can run it. */
export interface FunctionCode {
  readonly directory: string;
  close(): void;
}

/** The file that lists the assets: `STACK.assets.json`. */
const ASSETS_FILE = /\.assets\.json$/;

interface AssetsManifest {
  readonly files?: { readonly [id: string]: FileAsset };
}

interface FileAsset {
  readonly source: { readonly path?: string };
  readonly destinations: { readonly [id: string]: { readonly objectKey?: string } };
}

interface DeclaredCode {
  readonly S3Key?: unknown;
  readonly ZipFile?: unknown;
}

/**
 * Undefined if the code is neither a directory of the assembly nor in the template.
 *
 * @param inlineFile the file that code in the template becomes
 */
export function functionCode(assembly: string, { Code: code }: Properties, inlineFile: string): FunctionCode | undefined {
  const { S3Key: key, ZipFile: source } = Object(code) as DeclaredCode;
  if (typeof source === 'string') return inlineCode(source, inlineFile);
  const directory = typeof key === 'string' ? assetByKey(assembly, key) : undefined;
  return directory === undefined ? undefined : { directory, close: () => {} };
}

function assetByKey(assembly: string, key: string): string | undefined {
  const assets = fs.readdirSync(assembly).filter((file) => ASSETS_FILE.test(file))
    .flatMap((file) => Object.values((JSON.parse(fs.readFileSync(path.join(assembly, file), 'utf8')) as AssetsManifest).files ?? {}));
  const asset = assets.find(({ destinations }) => Object.values(destinations).some(({ objectKey }) => objectKey === key));
  if (asset?.source.path === undefined) return undefined;
  const directory = path.resolve(assembly, asset.source.path);
  return fs.statSync(directory, { throwIfNoEntry: false })?.isDirectory() ? directory : undefined;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-function-code.html */
function inlineCode(source: string, file: string): FunctionCode {
  const directory = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lazy-api-')));
  fs.writeFileSync(path.join(directory, file), source);
  return { directory, close: () => fs.rmSync(directory, { recursive: true, force: true }) };
}
