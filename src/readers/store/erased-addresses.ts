import { addressKey } from '../../platform/address.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import { macOf } from '../../platform/mac.ts'

/** Its own purpose: the mark of an address is no other hash of it, such as that of a suppression. */
const markOf = (key: string, email: string): string => macOf(key, 'erased address', addressKey(email.trim()))

const marksOf = (keys: string[], email: string): string[] => keys.map((key) => markOf(key, email))

/**
 * Which of some addresses belonged to readers who were erased, as they are given. Whoever adds readers in bulk or for somebody
 * else leaves them out; a reader may sign up again. `keys` are the secret keys, newest first: a mark of any of them counts.
 */
export async function wasErased(db: Db, keys: string[], addresses: string[]): Promise<Set<string>> {
  const marks = new Map(addresses.flatMap((email) => marksOf(keys, email).map((mark) => [mark, email] as const)))
  if (marks.size === 0) return new Set()
  const rows = await db
    .selectFrom('erased_addresses')
    .select('hash')
    .where((eb) => eb('hash', '=', eb.fn.any(eb.val([...marks.keys()]))))
    .execute()
  const found = new Set(rows.map(({ hash }) => hash))
  return new Set(addresses.filter((email) => marksOf(keys, email).some((mark) => found.has(mark))))
}

/** Whether the reader of an address was erased or moved to another one: `either` by an old mark, null without a mark. */
export async function fateOfAddress(
  db: Db,
  keys: string[],
  email: string,
): Promise<'erased' | 'moved' | 'either' | null> {
  const mark = await db
    .selectFrom('erased_addresses')
    .select('moved')
    .where('hash', 'in', marksOf(keys, email))
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!mark) return null
  if (mark.moved === null) return 'either'
  return mark.moved ? 'moved' : 'erased'
}

/** What leaves a mark of an address, and when. */
type Marked = { at: Temporal.Instant; moved: boolean }

/** Leaves the one mark of an erased address, or of one from which a reader moved away, by the newest key. */
export async function markErased(tx: Tx, keys: string[], email: string, { at, moved }: Marked): Promise<void> {
  const [key] = keys
  if (key === undefined) throw new Error('Set SECRET_KEY: the mark of an erased address needs it.')
  await unmarkErased(tx, keys, email)
  await tx
    .insertInto('erased_addresses')
    .values({ hash: markOf(key, email), at, moved })
    .execute()
}

/** Removes the mark of an address, whose reader has signed up again and confirmed it. */
export async function unmarkErased(tx: Tx, keys: string[], email: string): Promise<void> {
  await tx.deleteFrom('erased_addresses').where('hash', 'in', marksOf(keys, email)).execute()
}
