import { DockerImage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FileToWrite, writeFiles } from './write-files';

/**
 * Code from files in memory. CDK's own bundling moves them into the cloud assembly, so that nothing half-written stays behind and the template keeps
 * the asset's path. `local` bundling requires a Docker image, which is not used.
 *
 * @param source what CDK takes for the asset's origin
 * @param hash that of the source, unless it is given
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
