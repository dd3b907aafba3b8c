import { isElf, parseElf } from './elf';

/** The architectures of Lambda, as Node.js and npm name them. */
export type LambdaCpu = 'x64' | 'arm64';

/** The platform of a binary. */
export interface BinaryPlatform {
  readonly system: 'Linux' | 'macOS' | 'Windows';
  /** As Node.js names it. Undefined if it is not read, because the operating system already differs. */
  readonly cpu?: string;
  /** `glibc`, `musl`, or the file of another C library. Undefined for a binary that needs none. */
  readonly libc?: string;
}

/** The values of `e_machine`: https://gabi.xinuos.com/elf/a-emachine.html */
const CPUS: { readonly [machine: number]: string } = { 3: 'ia32', 21: 'ppc64', 22: 's390x', 40: 'arm', 62: 'x64', 183: 'arm64', 243: 'riscv64' };

const MACH_O = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe];
const PE = 0x4d5a;

/** Whether a file is native code, by its name. */
export function isBinaryName(file: string): boolean {
  return /\.(node|so(\.\d+)*)$/.test(file);
}

/** Returns the platform of a binary, `damaged` for a truncated binary, and undefined for other files. */
export function platformOf(bytes: Uint8Array): BinaryPlatform | 'damaged' | undefined {
  if (isElf(bytes)) return elfPlatform(bytes);
  const magic = Buffer.from(bytes.subarray(0, 4));
  if (magic.length < 4) return undefined;
  if (MACH_O.includes(magic.readUInt32BE())) return { system: 'macOS' };
  return magic.readUInt16BE() === PE ? { system: 'Windows' } : undefined;
}

/** Lambda's runtimes are Amazon Linux, which has glibc: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export function runsInLambda(platform: BinaryPlatform | 'damaged', cpu: LambdaCpu): boolean {
  if (platform === 'damaged') return false;
  return platform.system === 'Linux' && platform.cpu === cpu && (platform.libc === undefined || platform.libc === 'glibc');
}

export function describePlatform(platform: BinaryPlatform | 'damaged'): string {
  if (platform === 'damaged') return 'nothing, because it is damaged';
  const { system, cpu, libc } = platform;
  return [system, ...cpu === undefined ? [] : [cpu], ...libc === undefined ? [] : [`with ${libc}`]].join(' ');
}

function elfPlatform(bytes: Uint8Array): BinaryPlatform | 'damaged' {
  try {
    const { machine, needed } = parseElf(bytes);
    return { system: 'Linux', cpu: CPUS[machine] ?? `machine ${machine}`, libc: libcOf(needed) };
  } catch (error) {
    if (error instanceof RangeError) return 'damaged';
    throw error;
  }
}

/** musl is `libc.musl-aarch64.so.1` in Alpine Linux and `libc.so` elsewhere. Android also uses the latter name. */
function libcOf(needed: readonly string[]): string | undefined {
  const library = needed.find((name) => /^libc\.(so|musl)/.test(name));
  if (library === 'libc.so.6') return 'glibc';
  return library?.startsWith('libc.musl') ? 'musl' : library;
}
