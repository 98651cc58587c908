import type { Db } from '../../platform/db/db.ts'

/** Those among these addresses (`addressKey`) whose readers were erased: they are not entered again. No erasure is recorded yet. */
export async function erasedAddresses(_db: Db, _emails: string[]): Promise<Set<string>> {
  return new Set()
}
