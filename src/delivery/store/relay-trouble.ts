import type { Db } from '../../platform/db/db.ts'
import { dropSetting, readSetting, writeSetting } from '../../platform/db/settings.ts'

const setting = 'relay_trouble'

/** Why our own mail server cannot be used, since an instant in ISO 8601: an alarm for the admin. */
export type RelayTrouble = { reason: string; since: string }

export const relayTrouble = (db: Db): Promise<RelayTrouble | undefined> => readSetting<RelayTrouble>(db, setting)

/** The first trouble stays until it ends. */
export async function noteRelayTrouble(db: Db, reason: string, now: Temporal.Instant): Promise<void> {
  const since = (await relayTrouble(db))?.since ?? now.toString()
  await writeSetting(db, setting, { reason, since } satisfies RelayTrouble)
}

export const endRelayTrouble = (db: Db): Promise<void> => dropSetting(db, setting)
