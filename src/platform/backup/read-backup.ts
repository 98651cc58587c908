import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { UserError, unreadableFile } from '../user-error.ts'
import { BackupDamaged, type BackupEnd, type BackupHeader, decodeFrames, type Frame } from './frames.ts'

/**
 * The frames of a file, in constant memory.
 * @throws UserError in one sentence when the file cannot be read, or is no whole backup
 */
export async function* readFrames(file: string): AsyncGenerator<Frame, void> {
  const bytes = pipeline(createReadStream(file), createGunzip(), () => {})
  try {
    yield* decodeFrames(bytes)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (error instanceof BackupDamaged || code.startsWith('Z_')) throw damaged(file)
    throw code.startsWith('E') ? new UserError(unreadableFile(file, error)) : error
  } finally {
    bytes.destroy()
  }
}

/**
 * Reads a whole backup and checks it: its checksum (gzip's own), that it has an end, and the rows that it says it has.
 * @throws UserError in one sentence when it is damaged
 */
export async function checkBackup(file: string): Promise<{ header: BackupHeader; end: BackupEnd }> {
  let header: BackupHeader | undefined
  let end: BackupEnd | undefined
  let rows = 0
  for await (const { kind, content } of readFrames(file)) {
    if (end || (kind === 'header') !== !header) throw damaged(file)
    if (kind === 'header') header = content
    if (kind === 'rows') rows += content.rows
    if (kind === 'end') end = content
  }
  if (!header || end?.rows !== rows) throw damaged(file)
  return { header, end }
}

/** The one sentence about a file that is no whole backup. */
export const damaged = (file: string): UserError =>
  new UserError(`${file} is damaged, not complete, or no backup of Sitrep. Take another file.`)
