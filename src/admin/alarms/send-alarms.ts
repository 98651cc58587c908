import type { App } from '../../app.ts'
import { claimAlarms, forgetAlarms, type NotedAlarm, noteAlarms, releaseAlarms } from '../store/alarms.ts'
import { channelsOf, type ToldAlarms } from './alarm-channels.ts'
import { urgentAlarms } from './current-alarms.ts'

/** An alarm is told when it has held for so long: what ends by itself at once wakes nobody. */
const heldFor = Temporal.Duration.from({ seconds: 60 })
/** An alarm that was not seen for so long is over. */
const goneFor = Temporal.Duration.from({ minutes: 10 })
/** The end of an alarm that cannot be told by then is not told. */
const tellEndFor = Temporal.Duration.from({ hours: 2 })
/** So long an alarm is claimed: then its process has died, or a channel that could not be used is tried again. */
const claimFor = Temporal.Duration.from({ minutes: 3 })

/**
 * Tells the admins of new alarms, once while each one lasts, and once that it is over: by mail, and to ALERT_WEBHOOK. What a
 * channel cannot take now is told minutes later. Two processes may run this at the same time.
 */
export async function sendAlarms(app: App): Promise<void> {
  const alarms = await urgentAlarms(app)
  const now = app.now()
  const sent = alarms.flatMap(({ key, href = null, ...alarm }) => (key ? [{ ...alarm, key, href }] : []))
  const claimed = await app.db.transaction().execute(async (tx) => {
    await noteAlarms(tx, sent, now)
    return claimAlarms(tx, now, now.subtract(claimFor))
  })
  const holding = new Set(sent.map(({ key }) => key))
  const told = new Map(claimed.map((alarm) => [alarm.key, new Set(alarm.told)]))
  const failed = new Set<string>()
  for (const { name, tell } of await channelsOf(app)) {
    const news = newsFor(name, claimed, { holding, now })
    if (news.raised.length + news.over.length === 0) continue
    try {
      await tell(news)
      for (const { key } of news.raised) told.get(key)?.add(name)
      for (const { key } of news.over) told.get(key)?.delete(name)
    } catch (error) {
      for (const { key } of [...news.raised, ...news.over]) failed.add(key)
      app.log.warn({ err: error, channel: name }, 'could not tell the admins of an alarm; it is tried again')
    }
  }
  await releaseAlarms(
    app.db,
    [...told].map(([key, names]) => ({ key, told: [...names], keepsClaim: failed.has(key) })),
  )
  await forgetAlarms(app.db, now.subtract(goneFor), now.subtract(goneFor).subtract(tellEndFor))
}

/** What a channel does not know yet. `holding` are the keys of the alarms that hold now: the database rounds instants. */
function newsFor(
  channel: string,
  alarms: NotedAlarm[],
  { holding, now }: { holding: Set<string>; now: Temporal.Instant },
): ToldAlarms {
  const isSince = (at: Temporal.Instant, duration: Temporal.Duration) =>
    Temporal.Instant.compare(at, now.subtract(duration)) <= 0
  const isOver = ({ key, seen_at }: NotedAlarm) => !holding.has(key) && isSince(seen_at, goneFor)
  const holds = ({ key, raised_at }: NotedAlarm) => holding.has(key) && isSince(raised_at, heldFor)
  return {
    raised: alarms.filter((alarm) => holds(alarm) && !alarm.told.includes(channel)),
    over: alarms.filter((alarm) => isOver(alarm) && alarm.told.includes(channel)),
  }
}
