import type { Db } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { type Edition, findEdition } from './store/editions.ts'

/**
 * The edition of a key, or of the name of its web copy.
 * @throws UsageError when there is none
 */
export async function knownEdition(db: Db, key: string): Promise<Edition> {
  const edition = await findEdition(db, key)
  if (!edition) throw new UserError(`There is no edition ${key}; see \`sitrep editions list\`.`)
  return edition
}
