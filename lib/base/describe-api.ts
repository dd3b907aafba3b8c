import * as fs from 'fs';
import * as path from 'path';
import { attachCustomSynthesis, Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ResolvedApi } from './resolve-api';
import { API_DESCRIPTION_VERSION, ApiDescription, apiDescriptionFile, ModuleGraph, moduleGraphFile } from '../contract/api-description';
import { known } from '../private/tokens';
import { Build } from '../routers/build';
import { toBuildRecipe } from '../routers/build-recipe';

/** An API whose code is built. */
export interface DescribableApi {
  readonly api: ResolvedApi;
  readonly function: lambda.Function;
  /** The directory of the function's code. */
  readonly assetPath: string;
  readonly build: Build;
  readonly modules: ModuleGraph;
}

/** Writes a description for local tools into the assembly when the app is synthesized. */
export function leaveDescription(scope: Construct, describable: DescribableApi): void {
  attachCustomSynthesis(scope, {
    onSynthesize: ({ outdir }) => {
      const { addr } = scope.node;
      const description = describeApi(scope, describable, outdir);
      fs.writeFileSync(path.join(outdir, apiDescriptionFile(addr)), `${JSON.stringify(description, undefined, 2)}\n`);
      fs.writeFileSync(path.join(outdir, moduleGraphFile(addr)), `${JSON.stringify(describable.modules)}\n`);
    },
  });
}

function describeApi(scope: Construct, { api, function: fn, assetPath, build }: DescribableApi, outdir: string): ApiDescription {
  const stack = Stack.of(scope);
  const below = (directory: string) => path.relative(outdir, directory).split(path.sep).join('/');
  return {
    version: API_DESCRIPTION_VERSION,
    construct: scope.node.path,
    stack: deployedStack(stack).stackName,
    region: known(stack.region),
    template: stack.templateFile,
    function: {
      logicalId: stack.resolve((fn.node.defaultChild as lambda.CfnFunction).logicalId) as string,
      asset: below(assetPath),
      handler: api.code.handler,
      runtime: api.runtime.name,
      architecture: api.props.architecture.name,
    },
    endpoint: { source: api.endpoint.eventSource, traits: api.endpoint.traits },
    code: {
      language: api.code.language,
      project: below(api.code.projectRoot),
      externals: build.built.externals,
      modules: moduleGraphFile(scope.node.addr),
      recipe: toBuildRecipe(build, (file) => `./${below(file)}`),
    },
  };
}

/** A nested stack has no name before deployment. */
function deployedStack(stack: Stack): Stack {
  return stack.nestedStackParent ? deployedStack(stack.nestedStackParent) : stack;
}
