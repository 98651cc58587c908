import type { App } from '../app.ts'
import type { Db } from '../platform/db/db.ts'
import { missingMails } from '../platform/kept-since.ts'
import { digestDayWords } from './rules/digest-day-words.ts'
import { timelineWords } from './rules/timeline-words.ts'
import { digestDays } from './store/digest-days.ts'
import { type Mute, mutesOf } from './store/mutes.ts'
import type { Subscriber } from './store/subscribers.ts'
import { type Subscription, subscriptionsOf } from './store/subscriptions.ts'
import { findSuppression, type Suppression } from './store/suppressions.ts'
import { type TimelineEvent, timelineOf } from './store/timeline.ts'
import { type WaitingAlert, waitingAlerts } from './store/waiting-alerts.ts'

/** What holds for a reader now. */
export type ReaderRecord = {
  subscriptions: Subscription[]
  muted: Mute[]
  suppression: Suppression | null
  /** Alerts that wait, by their reason and the time at which they are due. */
  waiting: WaitingAlert[]
}

/** Everything about a reader but what has happened, which is the timeline. */
export async function readerRecord(db: Db, { id, email }: Subscriber): Promise<ReaderRecord> {
  const [subscriptions, muted, suppression, waiting] = await Promise.all([
    subscriptionsOf(db, id),
    mutesOf(db, id),
    findSuppression(db, email),
    waitingAlerts(db, id),
  ])
  return { subscriptions, muted, suppression: suppression ?? null, waiting }
}

/** The zone by which the days of a reader begin: that of the first subscription that has not ended. */
export const zoneOfReader = (subscriptions: Subscription[]): string =>
  (subscriptions.find(({ state }) => state !== 'ended') ?? subscriptions[0])?.zone ?? 'UTC'

/** What a reader got on a civil date, and why a digest did not come. */
export type ExplainedDate = { date: string; zone: string; reasons: string[]; events: TimelineEvent[] }

/** So many events of one date are shown. */
const maxEvents = 200

/** Answers why a reader got what on a civil date, which begins and ends by the clock of the reader. */
export async function explainDate(
  app: App,
  { id, confirmed_at }: Subscriber,
  date: Temporal.PlainDate,
): Promise<ExplainedDate> {
  const subscriptions = await subscriptionsOf(app.db, id)
  const zone = zoneOfReader(subscriptions)
  const [from, until] = [date, date.add({ days: 1 })].map((day) => day.toZonedDateTime(zone).toInstant()) as [
    Temporal.Instant,
    Temporal.Instant,
  ]
  const [days, events] = await Promise.all([
    digestDays(app.db, id, { from: date, to: date }),
    timelineOf(app.db, id, { from, until, limit: maxEvents }),
  ])
  const missing = missingMails(app, until)
  if (missing) return { date: date.toString(), zone, reasons: [missing], events }
  const reasons = days.flatMap((day) => digestDayWords(day, app.now(), true) ?? [])
  const hasAlerts = subscriptions.some(({ cadence, state }) => cadence === 'alert' && state === 'active')
  const alerts = events.filter(({ facts }) => facts.what === 'mail' && facts.kind === 'alert').length
  if (hasAlerts && !alerts) reasons.push('No alert was made for this reader on this date.')
  if (!subscriptions.length || (confirmed_at === null && !days.length))
    reasons.push('The reader has no confirmed subscription.')
  return { date: date.toString(), zone, reasons, events }
}

/** The last digests of a reader, the newest date first, each in one sentence. Dates on which none was to come are left out. */
export async function lastDigestDays(app: App, subscriber: number, zone: string, count: number): Promise<string[]> {
  const today = app.now().toZonedDateTimeISO(zone).toPlainDate()
  const days = await digestDays(app.db, subscriber, { from: today.subtract({ days: count - 1 }), to: today })
  return days.flatMap((day) => digestDayWords(day, app.now()) ?? [])
}

/** An event as programs read it: its facts, and the sentence that people read. */
export const eventRow = ({ at, facts }: TimelineEvent, zone: string) => ({
  at,
  sentence: timelineWords(facts, zone),
  ...facts,
})
