import type { App } from '../app.ts'
import { publicKinds } from '../editions/rules/edition-kind.ts'
import type { Edition } from '../editions/store/editions.ts'
import { listSendings } from '../editions/store/editions.ts'
import type { DeliveryState } from '../platform/db/tables/delivery.ts'
import { outcomeWords } from './rules/outcome-words.ts'
import { type Outcome, outcomesOf } from './store/outcomes.ts'

/** How many deliveries are in a state and why; `next` is when the first of them is due. */
export type Why = { state: DeliveryState; count: number; why: string; next: Temporal.Instant | null }
/** One group of readers and what became of it: the sum of `byState` is the audience. */
export type Sums = { audience: number; byState: Partial<Record<DeliveryState, number>>; why: Why[] }
export type SendingSums = Sums & { n: number; reason: string; actor: string; at: Temporal.Instant }

/**
 * What became of an edition: of the audience that was frozen when it closed, and of each later sending by itself. Every
 * letter is a sending of its own, and all of them are its audience.
 */
export async function editionOutcome(app: App, edition: Edition): Promise<Sums & { sendings: SendingSums[] }> {
  const [outcomes, sendings] = await Promise.all([
    outcomesOf(app.db, edition.id, app.now()),
    listSendings(app.db, edition.id),
  ])
  const paused = edition.paused_at ? (edition.pause_reason ?? '') : null
  const rate = rateWords(app)
  const sums = (some: Outcome[]) => sumUp(some, paused, rate)
  const isLetter = !publicKinds.includes(edition.kind)
  const again = isLetter ? [] : sendings.filter(({ n }) => n > 0)
  return {
    ...sums(isLetter ? outcomes : outcomes.filter(({ sending }) => sending === 0)),
    sendings: again.map(({ n, reason, actor, at }) => {
      return { n, reason, actor, at, ...sums(outcomes.filter(({ sending }) => sending === n)) }
    }),
  }
}

/** What makes mail wait that is due. */
function rateWords({ config, mail }: App): string | null {
  const perSecond = Math.min(config.sendRate ?? Number.POSITIVE_INFINITY, mail.perSecond)
  return Number.isFinite(perSecond) ? `at most ${perSecond} mails a second leave` : null
}

function sumUp(outcomes: Outcome[], paused: string | null, rate: string | null): Sums {
  const byState: Sums['byState'] = {}
  for (const { state, count } of outcomes) byState[state] = (byState[state] ?? 0) + count
  const why = outcomes.flatMap((outcome) => {
    const words = outcomeWords(outcome, paused)
    const { state, count, next } = outcome
    return words ? [{ state, count, why: words === 'due now' && rate ? `due now: ${rate}` : words, next }] : []
  })
  return { audience: outcomes.reduce((sum, { count }) => sum + count, 0), byState, why }
}
