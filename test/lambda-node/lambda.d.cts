export function lambdaProcess(task: string, port: number, memoryMb?: number): { readonly flags: string[]; readonly client: string[]; readonly env: Record<string, string> };
