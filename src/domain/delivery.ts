import type { EditionKind } from './edition-kind.ts'

/** The states of the ledger. Bounced and complained are dated facts beside accepted, not states. */
export const deliveryStates = [
  'due',
  'claimed',
  'submitted',
  'accepted',
  'deferred',
  'failed',
  'unknown',
  'skipped',
] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** What a transaction with the mail server came to. `lost`: nobody can know whether the server took the message. */
export type SendOutcome =
  | { kind: 'accepted'; reply: string }
  | { kind: 'rejected'; code: number; reply: string }
  | { kind: 'interrupted'; reply: string }
  | { kind: 'lost'; reply: string }

/** What the ledger records of it. */
export type Verdict =
  | { state: 'accepted'; reply: string }
  | { state: 'deferred'; dueAt: Temporal.Instant; reply: string }
  | { state: 'failed'; reason: string; reply: string; suppress: boolean }
  | { state: 'unknown'; reply: string }

const minutes = (n: number) => Temporal.Duration.from({ minutes: n })
const waits = [5, 15, 30, 60, 120, 240, 360].map(minutes)
const shelfLife = Temporal.Duration.from({ hours: 72 })

/**
 * Decides by the reply (RFC 5321 4.2, RFC 3463): waits as for a busy server, gives up after 72 h, and calls a message
 * whose fate cannot be known unknown, except a confirmation, which a second copy does not harm.
 */
export function verdictOf(
  outcome: SendOutcome,
  delivery: { kind: EditionKind; attempts: number; datedAt: Temporal.Instant },
  now: Temporal.Instant,
): Verdict {
  const { reply } = outcome
  if (outcome.kind === 'accepted') return { state: 'accepted', reply }
  if (outcome.kind === 'lost' && !repeatableKinds.includes(delivery.kind)) return { state: 'unknown', reply }
  if (outcome.kind === 'rejected' && outcome.code >= 500) {
    return { state: 'failed', reason: 'refused by the mail server', reply, suppress: isDeadAddress(reply) }
  }
  return waitOrGiveUp(delivery, now, reply)
}

/** A confirmation or a link that comes twice does no harm, and one that never comes does. */
export const repeatableKinds: EditionKind[] = ['confirmation', 'link']

function waitOrGiveUp(
  delivery: { attempts: number; datedAt: Temporal.Instant },
  now: Temporal.Instant,
  reply: string,
): Verdict {
  const dueAt = now.add(waits[Math.min(delivery.attempts, waits.length) - 1] ?? waits[0]!)
  if (Temporal.Instant.compare(dueAt, delivery.datedAt.add(shelfLife)) > 0) {
    return { state: 'failed', reason: 'no success within 72 hours', reply, suppress: false }
  }
  return { state: 'deferred', dueAt, reply }
}

/** RFC 3463: bad mailbox, bad domain, null MX, disabled mailbox. Other refusals are more often our fault than theirs. */
const isDeadAddress = (reply: string): boolean => /\b5\.(?:1\.(?:1|2|10)|2\.1)\b/.test(reply)
