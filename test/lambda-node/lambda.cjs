const { existsSync } = require('node:fs');
const { join } = require('node:path');

const RIC = join(__dirname, 'node_modules/aws-lambda-ric');

/** Lambda's runtime client, with its native part where scripts/build-native-client.mjs could build it, and without. */
exports.runtimeClients = [...existsSync(join(RIC, 'rapid-client.node')) ? ['native client'] : [], 'stand-in'];

if (process.env.LAZY_API_REQUIRE_NATIVE_CLIENT && exports.runtimeClients.length < 2) {
  throw new Error('the runtime client has no native part: run "node scripts/build-native-client.mjs", which says why');
}

/**
 * How Lambda starts Node.js, with its runtime client. The flags are those of AWS's base images; `--expose-gc` keeps V8 from the code cache of Node.js's own modules.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
exports.lambdaProcess = (task, port, memoryMb = 1024, runtimeClient = exports.runtimeClients[0]) => ({
  flags: ['--expose-gc', `--max-semi-space-size=${Math.floor(memoryMb / 20)}`, `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`],
  client: [...runtimeClient === 'stand-in' ? ['--require', join(__dirname, '../../lib/local/node/stand-in.cjs')] : [], join(RIC, 'index.mjs'), 'index.handler'],
  env: {
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    LAMBDA_TASK_ROOT: task,
    _HANDLER: 'index.handler',
    AWS_LAMBDA_FUNCTION_NAME: 'api',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/api',
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]1',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_REGION: 'eu-central-1',
  },
});
