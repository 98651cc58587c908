import { z } from 'zod'

/**
 * What a backup holds, in order: `header`; for each table `table`, its `data` in the text format of COPY, and `rows`; then `end`. A
 * frame is its kind, the length of its content in bytes (32 bits, big-endian), and the content: JSON, except in `data`.
 */
export type Frame =
  | { kind: 'header'; content: BackupHeader }
  | { kind: 'table'; content: BackupTable }
  | { kind: 'data'; content: Buffer }
  | { kind: 'rows'; content: { rows: number } }
  | { kind: 'end'; content: BackupEnd }

const count = z.int().nonnegative()
const schemas = {
  /** `migrations` are those that the database had, by their names, and `rows` is an estimate. */
  header: z.object({ sitrep: z.literal('backup 1'), at: z.string(), migrations: z.array(z.string()), rows: count }),
  table: z.object({ name: z.string(), columns: z.array(z.string()) }),
  rows: z.object({ rows: count }),
  /** `sequences`: the last number that each has given, null before its first. */
  end: z.object({
    tables: count,
    rows: count,
    sequences: z.array(z.object({ name: z.string(), last: count.nullable() })),
  }),
}
export type BackupHeader = z.infer<typeof schemas.header>
export type BackupTable = z.infer<typeof schemas.table>
export type BackupEnd = z.infer<typeof schemas.end>

const kinds = ['header', 'table', 'data', 'rows', 'end'] as const
const headBytes = 5
/** Far above what the program writes: a longer frame is damage. */
const maxFrameBytes = 64 * 1024 * 1024

/** A frame as bytes. */
export function encodeFrame({ kind, content }: Frame): Buffer {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
  const head = Buffer.alloc(headBytes)
  head.writeUInt8(kinds.indexOf(kind))
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/**
 * The frames in a stream of bytes, in constant memory.
 * @throws BackupDamaged when the bytes are no frames or end within one
 */
export async function* decodeFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Frame, void> {
  let parts: Buffer[] = []
  let held = 0
  let wanted = headBytes
  for await (const chunk of chunks) {
    parts.push(chunk)
    held += chunk.length
    if (held < wanted) continue
    let bytes = parts.length === 1 ? chunk : Buffer.concat(parts)
    for (;;) {
      wanted = bytes.length < headBytes ? headBytes : headBytes + lengthOf(bytes)
      if (bytes.length < wanted) break
      yield decodeFrame(bytes.readUInt8(), bytes.subarray(headBytes, wanted))
      bytes = bytes.subarray(wanted)
      wanted = headBytes
    }
    parts = [bytes]
    held = bytes.length
  }
  if (held) throw new BackupDamaged()
}

function lengthOf(bytes: Buffer): number {
  const length = bytes.readUInt32BE(1)
  if (length > maxFrameBytes) throw new BackupDamaged()
  return length
}

function decodeFrame(code: number, bytes: Buffer): Frame {
  const kind = kinds[code]
  if (!kind) throw new BackupDamaged()
  if (kind === 'data') return { kind, content: bytes }
  try {
    return { kind, content: schemas[kind].parse(JSON.parse(bytes.toString('utf8'))) } as Frame
  } catch {
    throw new BackupDamaged()
  }
}

const lineFeed = 10

/** How many rows are in a block: in the text format of COPY a line is a row. */
export function linesIn(data: Buffer): number {
  let lines = 0
  for (let at = data.indexOf(lineFeed); at >= 0; at = data.indexOf(lineFeed, at + 1)) lines++
  return lines
}

/** The bytes are no whole backup. */
export class BackupDamaged extends Error {}
