import type { Db } from '../../platform/db/db.ts'
import { readSetting, writeSetting } from '../../platform/db/settings.ts'

const setting = 'network_trouble'
/** Trouble that nobody noted for so long has ended. */
const endsAfter = Temporal.Duration.from({ minutes: 30 })

/** Since when no server of a feed can be reached, and when that was noted last (ISO 8601). */
type NetworkTrouble = { since: string; noted: string }

/** Since when the network of this program is down; undefined when it is not. The admin pages show it as an alarm. */
export async function networkDownSince(db: Db, now: Temporal.Instant): Promise<Temporal.Instant | undefined> {
  const trouble = await readSetting<NetworkTrouble>(db, setting)
  if (!trouble || Temporal.Instant.compare(Temporal.Instant.from(trouble.noted).add(endsAfter), now) < 0)
    return undefined
  return Temporal.Instant.from(trouble.since)
}

/** Notes that no server can be reached. `since` stays the instant of the first note until the trouble ends. */
export async function noteNetworkTrouble(db: Db, now: Temporal.Instant): Promise<void> {
  const since = (await networkDownSince(db, now)) ?? now
  await writeSetting(db, setting, { since: since.toString(), noted: now.toString() } satisfies NetworkTrouble)
}
