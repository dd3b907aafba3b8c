/**
 * The path of a file that `bundling.files` puts into the asset: `assetPath('templates/welcome.html')`.
 *
 * In Lambda, and while synthesis verifies the routers, it is below the root of the asset. Elsewhere, for example in unit tests, it is below the
 * working directory, or below `LAMBDA_TASK_ROOT` if you set this variable.
 */
export function assetPath(file: string): string {
  return `${process.env.LAMBDA_TASK_ROOT ?? process.cwd()}/${file}`;
}
