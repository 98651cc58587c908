import type { BounceKind } from '../../platform/db/tables/delivery.ts'
import type { SuppressionReason } from '../../platform/db/tables/readers.ts'

/** What one answer said of an address, of which edition's mail, and when. The edition is null where no delivery is known. */
export type Answer = { kind: BounceKind; edition: number | null; at: Temporal.Instant }

/**
 * Why an address should get no more mail, by the answers since it was last good; undefined when they do not suffice.
 * `wasGood`: a mail to it was accepted before, and did not come back. One answer may be wrong, so such an address needs two
 * on different days. So does an address of which no answer names its delivery. What does not plainly say that the address is dead counts over several editions.
 */
export function endOfAddress(answers: Answer[], wasGood: boolean): SuppressionReason | undefined {
  const of = (...kinds: BounceKind[]) => answers.filter(({ kind }) => kinds.includes(kind))
  const dead = of('dead')
  const isPlain = !wasGood && dead.some(({ edition }) => edition !== null)
  if (isPlain || suffices(dead, needed.dead)) return 'dead address'
  if (suffices(of('dead', 'held', 'recipient'), needed.recipient)) return 'refused recipient'
  if (suffices(of('domain'), needed.domain)) return 'dead domain'
  return suffices(of('full'), needed.full) ? 'full mailbox' : undefined
}

/** So many editions on so many UTC days, the first and the last so many hours apart. */
type Evidence = { editions: number; days: number; hours: number }

/** A digest comes at its hour, so half a day less than the number of days suffices. */
const hoursOf = (days: number) => days * 24 - 12
const needed: Record<'dead' | 'recipient' | 'domain' | 'full', Evidence> = {
  dead: { editions: 1, days: 2, hours: hoursOf(1) },
  recipient: { editions: 3, days: 2, hours: hoursOf(7) },
  domain: { editions: 3, days: 3, hours: hoursOf(4) },
  full: { editions: 3, days: 3, hours: hoursOf(14) },
}

function suffices(answers: Answer[], { editions, days, hours }: Evidence): boolean {
  if (!answers.length) return false
  const dayOf = (at: Temporal.Instant) => at.toString().slice(0, 10)
  const times = answers.map(({ at }) => at.epochMilliseconds)
  const enough = (keys: string[], count: number) => new Set(keys).size >= count
  return (
    enough(
      answers.map(({ edition, at }) => (edition === null ? dayOf(at) : `edition ${edition}`)),
      editions,
    ) &&
    enough(
      answers.map(({ at }) => dayOf(at)),
      days,
    ) &&
    Math.max(...times) - Math.min(...times) >= hours * 3600_000
  )
}
