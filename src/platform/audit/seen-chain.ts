import type { Db } from '../db/db.ts'
import { readSetting, writeSetting } from '../db/settings.ts'
import { macOf } from '../mac.ts'

/**
 * The end of the audit log when it was last known to be intact: its last event, and a name of the newest key that signed. The
 * log may grow from there, but not lose this event, nor go back to an earlier key.
 */
export type SeenChain = { id: number; mac: string; key: string }

const setting = 'audit_seen'

export const readSeen = (db: Db): Promise<SeenChain | undefined> => readSetting<SeenChain>(db, setting)

/** Remembers the last event of an intact log, and its key. */
export const writeSeen = (db: Db, { id, mac }: { id: number; mac: string }, key: string): Promise<void> =>
  writeSetting(db, setting, { id, mac, key: nameOf(key) } satisfies SeenChain)

/** Whether a key, by its place in the list, is older than the newest one that was seen. A key that is not in the list is. */
export function isOlderThanSeen(keys: string[], place: number, seen: SeenChain | undefined): boolean {
  return seen !== undefined && place > Math.max(0, keys.map(nameOf).indexOf(seen.key))
}

/** Tells keys apart and says nothing of them. */
const nameOf = (key: string) => macOf(key, 'name of an audit key', '').slice(0, 16)
