import type { App } from '../app.ts'
import { priorityOf } from '../editions/rules/edition-kind.ts'
import { outlivedAt } from './rules/delivery-result.ts'
import { quotaExhausted, waitsFor } from './rules/wait-reasons.ts'
import { nextWarmUpDay, quotaFor, type WarmUpDay, warmUpDay } from './rules/warm-up.ts'
import { type Claim, endClaims, putBack } from './store/claims.ts'
import { returnPlaces, takeShare } from './store/warm-up-days.ts'

/** Of what may be sent now, what the day's share of the warm-up has room for; the rest is due another day, or ends. */
export async function withinShare(app: App, claims: Claim[]): Promise<Claim[]> {
  const day = today(app)
  if (!day || !claims.length) return claims
  const ready: Claim[] = []
  const late: Claim[] = []
  for (const [priority, some] of Map.groupBy(claims, (claim) => claim.priority)) {
    const granted = await takeShare(app.ledger, day.date, some.length, quotaFor(priority, day.share))
    ready.push(...some.slice(0, granted))
    late.push(...some.slice(granted))
  }
  await postpone(app, day, late)
  return ready
}

/** What was let in and not begun takes nothing of the day's share. */
export async function returnShare(app: App, claims: Claim[]): Promise<void> {
  const day = today(app)
  if (day && claims.length) await returnPlaces(app.ledger, day.date, claims.length)
}

const today = ({ config, now }: App): WarmUpDay | undefined =>
  config.sendWarmup ? warmUpDay(config.sendWarmup, now()) : undefined

async function postpone(app: App, { date }: WarmUpDay, late: Claim[]): Promise<void> {
  const now = app.now()
  for (const [dueAt, some] of Map.groupBy(late, (claim) => nextDue(claim, now)?.toString())) {
    if (dueAt) await putBack(app.ledger, some, Temporal.Instant.from(dueAt), waitsFor.warmUp(date))
    else await endClaims(app.ledger, some, { state: 'failed', reason: quotaExhausted }, now)
  }
}

function nextDue({ priority, dated_at: datedAt }: Claim, now: Temporal.Instant): Temporal.Instant | null {
  const kind = priority === priorityOf('alert') ? 'alert' : 'daily'
  return nextWarmUpDay(priority, now, outlivedAt({ kind, datedAt }))
}
