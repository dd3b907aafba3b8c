import { LocalFunction, RuntimeCommand } from '../../lib/local/lambda/local-function';

export type RuntimeClient = 'native client' | 'stand-in';
export const runtimeClients: RuntimeClient[];
export function lambdaCommand(node: string, fn: Pick<LocalFunction, 'memoryMb' | 'handler'>, runtimeClient?: RuntimeClient): RuntimeCommand;
