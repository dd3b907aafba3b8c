import { join, relative } from 'node:path';

/** How to send requests to the example on this machine. */
export function nextStep(example, requests) {
  const { path } = requests.find(({ method, status, headers = {} }) => method === 'GET' && status === 200 && !('authorization' in headers));
  return [
    'Now send requests to it on this machine, without an AWS account:',
    '',
    `  npx lazy-api dev --app ${relative(process.cwd(), join(example, 'cdk.out'))}`,
    '',
    `Then open http://localhost:3000${path}`,
  ].join('\n');
}
