import { z } from 'zod'
import { oneLine } from '../../platform/text/shorten.ts'
import { UserError } from '../../platform/user-error.ts'

const tooLong = "A folder's name has at most 200 characters."
const schema = z.string().max(2000, tooLong).transform(oneLine).pipe(z.string().max(200, tooLong))

/**
 * The name of a folder as it is kept, on one line; null for no folder.
 * @throws UsageError when it is too long
 */
export function folderName(text: string | null | undefined): string | null {
  const parsed = schema.safeParse(text ?? '')
  if (!parsed.success) throw new UserError(parsed.error.issues[0]!.message)
  return parsed.data || null
}
