import type { DeliveryState } from '../../platform/db/tables/delivery.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'
import { isDeadAddress, isFullMailbox, isRelayRefusal } from './enhanced-status.ts'

/** Every state, in the order of a mail's life. */
export const deliveryStates = [
  'due',
  'claimed',
  'submitted',
  'accepted',
  'deferred',
  'failed',
  'unknown',
  'skipped',
] as const satisfies readonly DeliveryState[]

/**
 * What a transaction with the mail server came to. `lost`: nobody can know whether the server took the message;
 * `ofSender`: it was our own address that was refused.
 */
export type SendOutcome =
  | { kind: 'accepted'; reply: string }
  | { kind: 'rejected'; code: number; reply: string; ofSender?: boolean | undefined }
  | { kind: 'interrupted'; reply: string }
  | { kind: 'lost'; reply: string }

/** What the ledger records of it. */
export type DeliveryResult =
  | { state: 'accepted'; reply: string }
  | { state: 'deferred'; dueAt: Temporal.Instant; reply: string }
  | { state: 'failed'; reason: string; reply: string; suppress: boolean }
  | { state: 'unknown'; reply: string }

const minutes = (n: number) => Temporal.Duration.from({ minutes: n })
const waits = [5, 15, 30, 60, 120, 240, 360].map(minutes)
/** After so long a relay that was out of order is asked again. */
export const relayRest = minutes(1)
const refused = 'refused by the mail server'

/**
 * Decides by the reply (RFC 5321 4.2, RFC 3463): waits as for a busy server, gives up when the mail has outlived its use,
 * and calls a message whose fate cannot be known unknown, except a confirmation, which a second copy does not harm.
 */
export function deliveryResult(
  outcome: SendOutcome,
  delivery: { kind: EditionKind; attempts: number; datedAt: Temporal.Instant },
  now: Temporal.Instant,
): DeliveryResult {
  const { reply } = outcome
  if (outcome.kind === 'accepted') return { state: 'accepted', reply }
  if (outcome.kind === 'lost' && !repeatableKinds.includes(delivery.kind)) return { state: 'unknown', reply }
  if (outcome.kind === 'rejected' && isRelayRefusal(outcome.code)) {
    return { state: 'deferred', dueAt: now.add(relayRest), reply }
  }
  if (outcome.kind === 'rejected' && outcome.code >= 500) {
    return { state: 'failed', reason: refused, reply, suppress: !outcome.ofSender && isDeadAddress(reply) }
  }
  return waitOrGiveUp(delivery, now, reply)
}

/** A confirmation or a link that comes twice does no harm, and one that never comes does. */
export const repeatableKinds: EditionKind[] = ['confirmation', 'link']

/** Until when a mail is worth sending: an alert for a day, everything else for three. */
export function outlivedAt({ kind, datedAt }: { kind: EditionKind; datedAt: Temporal.Instant }): Temporal.Instant {
  return datedAt.add({ hours: shelfHours(kind) })
}

/** A refusal for policy or content, or one that names nothing: more often our fault than the reader's. */
export function isOurFault(verdict: DeliveryResult): boolean {
  return verdict.state === 'failed' && verdict.reason === refused && !verdict.suppress && !isFullMailbox(verdict.reply)
}

const shelfHours = (kind: EditionKind): number => (kind === 'alert' ? 24 : 72)

function waitOrGiveUp(
  delivery: { kind: EditionKind; attempts: number; datedAt: Temporal.Instant },
  now: Temporal.Instant,
  reply: string,
): DeliveryResult {
  const dueAt = now.add(waits[Math.min(delivery.attempts, waits.length) - 1] ?? waits[0]!)
  if (Temporal.Instant.compare(dueAt, outlivedAt(delivery)) > 0) {
    return { state: 'failed', reason: `no success within ${shelfHours(delivery.kind)} hours`, reply, suppress: false }
  }
  return { state: 'deferred', dueAt, reply }
}
