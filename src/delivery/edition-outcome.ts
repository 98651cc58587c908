import type { App } from '../app.ts'
import { publicKinds } from '../editions/rules/edition.ts'
import type { Edition } from '../editions/store/editions.ts'
import { listSendings } from '../editions/store/editions.ts'
import type { DeliveryState } from '../platform/db/tables/delivery.ts'
import { plural } from '../platform/text/plural.ts'
import { reasonInWords } from './rules/wait-reasons.ts'
import { type Outcome, outcomesOf } from './store/delivery-counts.ts'

/** How many deliveries are in a state for one reason; `next` is when the first of them is due. */
export type Why = { state: DeliveryState; count: number; why: string; next: Temporal.Instant | null }

/** One audience and its deliveries by state: the counts of `byState` add up to `audience`. */
export type Sums = { audience: number; byState: Partial<Record<DeliveryState, number>>; why: Why[] }

/** The audience of a later sending, with the sending's number and who sent it, why and when. */
export type SendingSums = Sums & { n: number; reason: string; actor: string; at: Temporal.Instant }

/**
 * Sums up an edition's deliveries: its own audience, which was frozen when the edition closed, and each later sending
 * by itself. Every confirmation mail is a sending of its own, so all sendings of such an edition are its audience.
 */
export async function editionOutcome(app: App, edition: Edition): Promise<Sums & { sendings: SendingSums[] }> {
  const [outcomes, sendings] = await Promise.all([
    outcomesOf(app.db, edition.id, app.now()),
    listSendings(app.db, edition.id),
  ])
  const waits: Waits = { pauseReason: edition.paused_at ? (edition.pause_reason ?? '') : null, rate: rateLimit(app) }
  if (!publicKinds.includes(edition.kind)) return { ...sumUp(outcomes, waits), sendings: [] }
  const bySending = Map.groupBy(outcomes, ({ sending }) => sending)
  const sumsOf = (n: number) => sumUp(bySending.get(n) ?? [], waits)
  const later = sendings.filter(({ n }) => n > 0)
  return {
    ...sumsOf(0),
    sendings: later.map(({ n, reason, actor, at }) => ({ n, reason, actor, at, ...sumsOf(n) })),
  }
}

/** Why due mail of an edition may wait: its pause, with the reply that caused it, and the send rate, in words. */
type Waits = { pauseReason: string | null; rate: string | null }

function rateLimit({ config, mail }: App): string | null {
  const perSecond = Math.min(config.sendRate ?? Number.POSITIVE_INFINITY, mail.perSecond)
  return Number.isFinite(perSecond) ? `the limit is ${plural(perSecond, 'mail')} a second` : null
}

function sumUp(outcomes: Outcome[], waits: Waits): Sums {
  const byState: Sums['byState'] = {}
  for (const { state, count } of outcomes) byState[state] = (byState[state] ?? 0) + count
  const why = outcomes.flatMap((outcome) => {
    const { state, count, next } = outcome
    const reason = reasonOf(outcome, waits)
    return reason ? [{ state, count, why: reason, next }] : []
  })
  return { audience: outcomes.reduce((sum, { count }) => sum + count, 0), byState, why }
}

/** Why deliveries are in their state, in words for people; null where the state says everything. */
function reasonOf(outcome: Outcome, waits: Waits): string | null {
  const { state } = outcome
  const reason = reasonInWords(outcome.reason)
  const code = outcome.code ? ` (${outcome.code})` : ''
  if (state === 'accepted') return outcome.after && afterWords[outcome.after]
  if (state === 'deferred') return `${reason ?? 'the mail server asked to wait'}${code}`
  if (state === 'failed') return `${reason ?? 'it failed'}${code}`
  if (state === 'unknown') return reason ?? 'the connection was lost before the relay confirmed the mail'
  if (state === 'claimed' || state === 'submitted') return 'being sent'
  return state === 'due' ? reasonToWait(outcome, waits) : reason
}

const afterWords = { bounced: 'bounced later', complained: 'the reader complained later' }

function reasonToWait({ reason, held, next }: Outcome, { pauseReason, rate }: Waits): string {
  if (held) return pauseReason === null ? (reason ?? 'waits for an admin') : `the edition is paused: ${pauseReason}`
  if (next) return reason ?? 'due later'
  return rate ? `next in the queue; ${rate}` : 'next in the queue'
}
