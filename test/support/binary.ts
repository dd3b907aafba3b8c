export interface ElfOptions {
  /** The value of `e_machine` in the ELF header. */
  readonly machine?: number;
  readonly needed?: readonly string[];
  readonly bigEndian?: boolean;
  readonly is32Bit?: boolean;
}

export const MACHINE = { x64: 62, arm64: 183 };

const LOAD_ADDRESS = 0x10000;
const TEXTS_AT = 176;

/** A minimal shared library: a header, a loaded segment, a dynamic section, and its strings. */
export function elf({ machine = MACHINE.arm64, needed = ['libm.so.6', 'libc.so.6'], bigEndian = false, is32Bit = false }: ElfOptions = {}): Buffer {
  const texts = Buffer.from(`\0${needed.map((name) => `${name}\0`).join('')}`);
  const dynamicAt = TEXTS_AT + texts.length;
  const tags: Array<[number, number]> = [...needed.map((name): [number, number] => [1, texts.indexOf(`\0${name}\0`) + 1]), [5, LOAD_ADDRESS + TEXTS_AT], [0, 0]];
  const bytes = Buffer.alloc(dynamicAt + tags.length * 16);
  const u16 = (value: number, at: number) => (bigEndian ? bytes.writeUInt16BE(value, at) : bytes.writeUInt16LE(value, at));
  const u32 = (value: number, at: number) => (bigEndian ? bytes.writeUInt32BE(value, at) : bytes.writeUInt32LE(value, at));
  const u64 = (value: number, at: number) => (bigEndian ? bytes.writeBigUInt64BE(BigInt(value), at) : bytes.writeBigUInt64LE(BigInt(value), at));
  const segment = (at: number, type: number, offset: number, size: number) => {
    u32(type, at);
    u64(offset, at + 8);
    u64(LOAD_ADDRESS + offset, at + 16);
    u64(size, at + 32);
  };
  bytes.write('\x7fELF', 'latin1');
  bytes[4] = is32Bit ? 1 : 2;
  bytes[5] = bigEndian ? 2 : 1;
  u16(3, 16);
  u16(machine, 18);
  u64(64, 32);
  u16(56, 54);
  u16(2, 56);
  segment(64, 1, 0, bytes.length);
  segment(120, 2, dynamicAt, tags.length * 16);
  texts.copy(bytes, TEXTS_AT);
  tags.forEach(([tag, value], i) => {
    u64(tag, dynamicAt + i * 16);
    u64(value, dynamicAt + i * 16 + 8);
  });
  return bytes;
}

export const MACH_O = Buffer.from('cffaedfe0c000001', 'hex');
export const DLL = Buffer.from('4d5a900003000000', 'hex');
