import { DockerImage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FileToWrite, writeFiles } from './write-files';

/**
 * Code from files in memory. CDK's own bundling writes them into the cloud assembly, so that no half-written asset stays behind and the template
 * keeps the asset's path. CDK requires a Docker image beside `local` bundling, and does not use it.
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
