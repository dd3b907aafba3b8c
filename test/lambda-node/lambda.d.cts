export type RuntimeClient = 'native client' | 'stand-in';
export const runtimeClients: RuntimeClient[];
export function lambdaProcess(task: string, port: number, memoryMb?: number, runtimeClient?: RuntimeClient): {
  readonly flags: string[];
  readonly client: string[];
  readonly env: Record<string, string>;
};
