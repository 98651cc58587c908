import type { Db } from '../../platform/db/db.ts'
import { dropSetting, readSetting, writeSetting } from '../../platform/db/settings.ts'

const setting = 'relay_trouble'

/** Why no relay can be used, and since when (ISO 8601). The admin pages show it as an alarm. */
export type RelayTrouble = { reason: string; since: string }

export const relayTrouble = (db: Db): Promise<RelayTrouble | undefined> => readSetting<RelayTrouble>(db, setting)

/** Notes trouble with the relay. `since` stays the instant of the first note until the trouble ends. */
export async function noteRelayTrouble(db: Db, reason: string, now: Temporal.Instant): Promise<void> {
  const since = (await relayTrouble(db))?.since ?? now.toString()
  await writeSetting(db, setting, { reason, since } satisfies RelayTrouble)
}

export const endRelayTrouble = (db: Db): Promise<void> => dropSetting(db, setting)
