import type { App } from '../app.ts'
import { priorityOf } from '../editions/rules/edition.ts'
import { plural } from '../platform/text/plural.ts'
import { countReaders } from '../readers/store/subscribers.ts'
import { outlivedAt } from './rules/delivery-result.ts'
import { quotaExhausted, waitsFor } from './rules/wait-reasons.ts'
import { nextWarmUpDay, quotaFor, type WarmUpDay, warmUpDay, warmUpDays, warmUpFits } from './rules/warm-up.ts'
import { type Claim, type Release, releaseClaims } from './store/claims.ts'
import type { Begin } from './store/record-and-begin.ts'
import { returnToShare, takeFromShare, warmUpFigures } from './store/warm-up-days.ts'

/** Of claimed mails, those for which the daily limit of the warm-up has a place; the rest is due another day, or fails. */
export async function withinWarmUp(app: App, begins: Begin[]): Promise<Begin[]> {
  const day = today(app)
  if (!day || !begins.length) return begins
  const eligible: Begin[] = []
  const late: Claim[] = []
  for (const [priority, some] of Map.groupBy(begins, ({ claim }) => claim.priority)) {
    const granted = await takeFromShare(app.ledger, day.date, some.length, quotaFor(priority, day.share))
    eligible.push(...some.slice(0, granted))
    late.push(...some.slice(granted).map(({ claim }) => claim))
  }
  await postpone(app, day, late)
  return eligible
}

/** Returns the places of mails that were let in and not begun. */
export async function returnWarmUpShare(app: App, claims: Claim[]): Promise<void> {
  const day = today(app)
  if (day && claims.length) await returnToShare(app.ledger, day.date, claims.length)
}

const today = ({ config, now }: App): WarmUpDay | undefined =>
  config.sendWarmup ? warmUpDay(config.sendWarmup, now()) : undefined

async function postpone(app: App, { date }: WarmUpDay, late: Claim[]): Promise<void> {
  const now = app.now()
  for (const [dueAt, some] of Map.groupBy(late, (claim) => nextDue(claim, now)?.toString())) {
    const release: Release = dueAt
      ? { state: 'due', dueAt: Temporal.Instant.from(dueAt), waitsFor: waitsFor.warmUp(date) }
      : { state: 'failed', reason: quotaExhausted }
    await releaseClaims(app.ledger, some, release, now)
  }
}

function nextDue({ priority, dated_at: datedAt }: Claim, now: Temporal.Instant): Temporal.Instant | null {
  const kind = priority === priorityOf('alert') ? 'alert' : 'daily'
  return nextWarmUpDay(priority, now, outlivedAt({ kind, datedAt }))
}

/**
 * The state of the sending domain's warm-up in words; undefined when SEND_WARMUP is not set. `waits`: mails wait for
 * another day. `needsPerson`: mails failed because they waited too long, and somebody must send them again.
 */
export async function warmUpState(
  app: App,
): Promise<{ say: string; waits: boolean; needsPerson: boolean } | undefined> {
  const { sendWarmup: firstDay } = app.config
  if (!firstDay) return undefined
  const now = app.now()
  const day = warmUpDay(firstDay, now)
  if (!day) return { say: 'The warm-up is over. You can remove SEND_WARMUP.', waits: false, needsPerson: false }
  const { sent, waiting, failed } = await warmUpFigures(app.db, day.date, now.subtract({ hours: 24 * 7 }))
  const { active } = await countReaders(app.db)
  const sentences = [
    `Day ${day.n + 1} of ${warmUpDays}: ${plural(sent, 'mail was', 'mails were')} sent today (UTC).`,
    `The daily limit is ${day.share} mails.`,
    waiting ? `${plural(waiting, 'mail waits', 'mails wait')} for another day.` : '',
    failed ? failedByWarmUp(failed) : '',
    active > day.share ? `From ${warmUpFits(firstDay, active)} on, one day is enough for all ${active} readers.` : '',
  ]
  return { say: sentences.filter(Boolean).join(' '), waits: waiting > 0, needsPerson: failed > 0 }
}

function failedByWarmUp(count: number): string {
  const what = `${plural(count, 'mail')} failed this week, because the daily limit delayed ${count === 1 ? 'the mail' : 'the mails'} too long.`
  return `${what} To send again, run \`sitrep resend EDITION --failed\`.`
}
