import type { Db } from '../db/db.ts'
import { readSetting, writeSetting } from '../db/settings.ts'

/** The last event of the audit log when it was last known to be intact: the log may grow, but must still hold it. */
export type SeenEvent = { id: number; mac: string }

const setting = 'audit_seen'

export const readSeen = (db: Db): Promise<SeenEvent | undefined> => readSetting<SeenEvent>(db, setting)

export const writeSeen = (db: Db, { id, mac }: SeenEvent): Promise<void> =>
  writeSetting(db, setting, { id, mac } satisfies SeenEvent)
