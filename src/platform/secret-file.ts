import { closeSync, openSync, readSync } from 'node:fs'
import { UserError } from './user-error.ts'

/** A key in PEM has 3 kB. */
const maxBytes = 64 * 1024

/**
 * The value of a setting that stands in a file. The path is not repeated in the error: somebody may have put the secret
 * itself there.
 * @throws UserError in one sentence that names the setting
 */
export function readSecretFile(setting: string, path: string): string {
  const bytes = readBounded(setting, path)
  if (bytes.length > maxBytes) throw new UserError(`${setting} names a file of more than 64 kB. Name the right file.`)
  const value = bytes.toString('utf8').trim()
  if (!value) throw new UserError(`${setting} names an empty file. Write the value into it, or unset ${setting}.`)
  return value
}

/** At most one byte more than allowed: a device such as /dev/zero never ends. */
function readBounded(setting: string, path: string): Buffer {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const bytes = Buffer.alloc(maxBytes + 1)
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null)
    }
    return bytes.subarray(0, length)
  } catch (error) {
    throw new UserError(`${setting} names ${whatIsWrong((error as NodeJS.ErrnoException).code)}`)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function whatIsWrong(code = 'unknown error'): string {
  if (code === 'ENOENT') return 'a file that does not exist. Check the path.'
  if (code === 'EISDIR') return 'a folder. Name a file.'
  return `a file that cannot be read (${code}). Check who may read the file.`
}
