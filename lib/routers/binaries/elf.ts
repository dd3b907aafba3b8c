/** What an ELF file is built for. */
export interface ElfFile {
  /** `e_machine`: the instruction set. */
  readonly machine: number;
  /** The libraries that it is linked with (`DT_NEEDED`). Empty for 32-bit files, which are not read further. */
  readonly needed: readonly string[];
}

/** A region of the file. */
interface Region {
  readonly offset: number;
  /** The address in memory. */
  readonly address: number;
  readonly size: number;
}

/** Values of `p_type` and `d_tag`: https://gabi.xinuos.com/elf/07-pheader.html, https://gabi.xinuos.com/elf/08-dynamic.html */
const SEGMENT = { load: 1, dynamic: 2 };
const TAG = { end: 0, needed: 1, stringTable: 5 };

const DYNAMIC_ENTRY_BYTES = 16;

export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** Reads the header and the dynamic section. Throws a RangeError if the file is truncated. */
export function parseElf(bytes: Uint8Array): ElfFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const is64Bit = view.getUint8(4) === 2;
  const little = view.getUint8(5) === 1;
  const machine = view.getUint16(18, little);
  return { machine, needed: is64Bit ? neededLibraries(view, little) : [] };
}

function neededLibraries(view: DataView, little: boolean): string[] {
  const dynamic = segments(view, little, SEGMENT.dynamic)[0];
  if (dynamic === undefined) return [];
  const entries = dynamicEntries(view, little, dynamic);
  const table = entries.find(({ tag }) => tag === TAG.stringTable);
  const names = entries.filter(({ tag }) => tag === TAG.needed);
  if (table === undefined || names.length === 0) return [];
  const start = offsetOf(table.value, segments(view, little, SEGMENT.load));
  return names.map(({ value }) => textAt(view, start + value));
}

function segments(view: DataView, little: boolean, type: number): Region[] {
  const first = word(view, 32, little);
  const size = view.getUint16(54, little);
  return Array.from({ length: view.getUint16(56, little) }, (_, i) => first + i * size)
    .filter((header) => view.getUint32(header, little) === type)
    .map((header) => ({ offset: word(view, header + 8, little), address: word(view, header + 16, little), size: word(view, header + 32, little) }));
}

function dynamicEntries(view: DataView, little: boolean, { offset, size }: Region): Array<{ readonly tag: number; readonly value: number }> {
  const entries = [];
  for (let at = offset; at + DYNAMIC_ENTRY_BYTES <= offset + size; at += DYNAMIC_ENTRY_BYTES) {
    const tag = word(view, at, little);
    if (tag === TAG.end) break;
    entries.push({ tag, value: word(view, at + 8, little) });
  }
  return entries;
}

function offsetOf(address: number, loaded: readonly Region[]): number {
  const region = loaded.find((candidate) => address >= candidate.address && address < candidate.address + candidate.size);
  if (region === undefined) throw new RangeError('an address outside of the file');
  return address - region.address + region.offset;
}

function textAt(view: DataView, start: number): string {
  let end = start;
  while (view.getUint8(end) !== 0) end += 1;
  return Buffer.from(view.buffer, view.byteOffset + start, end - start).toString();
}

function word(view: DataView, offset: number, little: boolean): number {
  return Number(view.getBigUint64(offset, little));
}
