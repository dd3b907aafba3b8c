import type { Framework } from './frameworks';

export function fastifyApp(requireFramework: (name: string) => Framework): Framework;
