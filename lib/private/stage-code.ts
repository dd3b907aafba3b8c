import * as path from 'path';
import { DockerImage, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { FileToWrite, writeFiles } from './write-files';

/**
 * Code from files in memory. CDK's own bundling writes them into the cloud assembly, so that no half-written asset stays behind and the template
 * keeps the asset's path. CDK requires a Docker image in addition to `local` bundling, but does not use it.
 *
 * @param source the path that CDK regards as the asset's source
 * @param hash the asset's hash; by default, CDK hashes the source
 */
export function stageCode(source: string, files: readonly FileToWrite[], hash?: string): lambda.Code {
  return lambda.Code.fromAsset(source, {
    assetHash: hash,
    bundling: {
      image: DockerImage.fromRegistry('cdk-lazy-api-bundles-without-docker'),
      local: {
        tryBundle(outputDir: string) {
          writeFiles(files, outputDir);
          return true;
        },
      },
    },
  });
}

/** The directory of the cloud assembly into which CDK has staged the code of a function. */
export function stagedPathOf(fn: lambda.Function): string {
  const asset = fn.node.findChild('Code') as Asset;
  return path.resolve(Stage.of(fn)!.outdir, asset.assetPath);
}
