import * as fs from 'node:fs';
import * as path from 'node:path';
import { assetOf, SynthesizedApi } from './synthesized-api';
import { Template } from './template';
import { API_DESCRIPTION_FILE, API_DESCRIPTION_VERSION, ApiDescription } from '../../contract/api-description';
import { LocalError } from '../local-error';

/** The file that marks a directory as a cloud assembly. */
const MANIFEST = 'manifest.json';

interface AssemblyManifest {
  readonly artifacts?: { readonly [id: string]: { readonly type: string; readonly properties?: { readonly directoryName?: string } } };
}

/** Finds all APIs of a cloud assembly and of the assemblies of its stages, sorted by path. Throws an error if there is none. */
export function findApis(assembly: string): SynthesizedApi[] {
  if (!fs.existsSync(path.join(assembly, MANIFEST))) {
    throw new LocalError(`"${assembly}" is not a directory that cdk synth has written; run "npx cdk synth" here, `
      + 'or name the directory with --app DIRECTORY');
  }
  const apis = assembliesIn(path.resolve(assembly)).flatMap(apisIn).sort((a, b) => (a.path < b.path ? -1 : 1));
  if (apis.length > 0) return apis;
  throw new LocalError(`"${assembly}" has no LazyApiFunction that is bundled; run "npx cdk synth" with this version of cdk-lazy-api, `
    + 'for the stack that the API is in');
}

/** The API that a directory is the asset of. Undefined if the directory is not in an assembly. */
export function findApiOf(asset: string): SynthesizedApi | undefined {
  try {
    return findApis(path.dirname(asset)).find((api) => assetOf(api) === asset);
  } catch {
    return undefined;
  }
}

function assembliesIn(directory: string): string[] {
  const { artifacts = {} } = readJson<AssemblyManifest>(path.join(directory, MANIFEST));
  const nested = Object.values(artifacts).filter(({ type }) => type === 'cdk:cloud-assembly').map(({ properties }) => properties!.directoryName!);
  return [directory, ...nested.flatMap((name) => assembliesIn(path.join(directory, name)))];
}

/** A description whose function is not in the template is from an earlier synthesis. */
function apisIn(directory: string): SynthesizedApi[] {
  return fs.readdirSync(directory).filter((file) => API_DESCRIPTION_FILE.test(file)).map((file) => readApi(directory, file))
    .filter(({ description, template }) => template.Resources[description.function.logicalId] !== undefined);
}

function readApi(directory: string, file: string): SynthesizedApi {
  const description = readJson<ApiDescription>(path.join(directory, file));
  if (description.version !== API_DESCRIPTION_VERSION) {
    throw new LocalError(`${path.join(directory, file)} has version ${description.version}, and this lazy-api reads ${API_DESCRIPTION_VERSION}; `
      + 'use the lazy-api of the cdk-lazy-api that the app uses, and run "npx cdk synth" again');
  }
  const { construct, stack, template } = description;
  return { path: construct, stack, description, template: readTemplate(path.join(directory, template)), directory };
}

function readTemplate(file: string): Template {
  return fs.existsSync(file) ? { Resources: {}, ...readJson<Partial<Template>>(file) } : { Resources: {} };
}

function readJson<T>(file: string): T {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new LocalError(`${file} must be JSON that cdk synth has written: ${(error as Error).message}; run "npx cdk synth" again`);
  }
}
