import { readFile } from 'node:fs/promises'
import { UserError } from '../platform/user-error.ts'

/**
 * The text of a file that a person named.
 * @throws UsageError when it cannot be read
 */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}.`)
  }
}
