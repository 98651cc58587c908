import type { DeliveryState } from '../../platform/db/tables/delivery.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'
import { isDeadAddress, isFullMailbox, isRelayRefusal } from './enhanced-status.ts'

/** Every state of a delivery, in the order in which a delivery goes through them. */
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
 * How a transaction with the mail server ended. `rejected` has the reply code; `ofSender` says that the server refused
 * our own address. `interrupted`: the server did not get the whole message. `lost`: nobody can know whether the server
 * took the message.
 */
export type SendOutcome =
  | { kind: 'accepted'; reply: string }
  | { kind: 'rejected'; code: number; reply: string; ofSender?: boolean | undefined }
  | { kind: 'interrupted'; reply: string }
  | { kind: 'lost'; reply: string }

/** What the ledger records of it: the next state, and what belongs to it. `suppress` says that the address is dead. */
export type DeliveryResult =
  | { state: 'accepted'; reply: string }
  | { state: 'deferred'; dueAt: Temporal.Instant; reply: string }
  | { state: 'failed'; reason: string; reply: string; suppress: boolean }
  | { state: 'unknown'; reply: string }

const minutes = (n: number) => Temporal.Duration.from({ minutes: n })
const firstWait = minutes(5)
/** The wait after each attempt; the last wait repeats. */
const waits = [firstWait, ...[15, 30, 60, 120, 240, 360].map(minutes)]
/** The wait after a relay could not be used. */
export const relayRest = minutes(1)
const refused = 'refused by the mail server'

/** The facts of a delivery that its result depends on. `attempts` counts the attempt that has just ended. */
type Attempt = { kind: EditionKind; attempts: number; datedAt: Temporal.Instant }

/**
 * Decides by the server's reply (RFC 5321 4.2, RFC 3463). A temporary failure waits, and fails once the mail is
 * outdated. A lost message is unknown, unless a second copy does no harm. When the relay refuses us, the delivery waits
 * however old it is.
 */
export function deliveryResult(outcome: SendOutcome, delivery: Attempt, now: Temporal.Instant): DeliveryResult {
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

/** Kinds of mail that are sent again after a lost reply: a second copy does no harm, and a missing mail does. */
export const repeatableKinds: EditionKind[] = ['confirmation', 'link']

/** When a mail is outdated: an alert after a day, every other mail after three. */
export function outlivedAt({ kind, datedAt }: { kind: EditionKind; datedAt: Temporal.Instant }): Temporal.Instant {
  return datedAt.add({ hours: usefulHours(kind) })
}

/**
 * Whether a mail was refused for something else than its address or a full mailbox: policy, content, or no given
 * reason.
 */
export function isOurFault(result: DeliveryResult): boolean {
  return result.state === 'failed' && result.reason === refused && !result.suppress && !isFullMailbox(result.reply)
}

const usefulHours = (kind: EditionKind): number => (kind === 'alert' ? 24 : 72)

function waitOrGiveUp(delivery: Attempt, now: Temporal.Instant, reply: string): DeliveryResult {
  const dueAt = now.add(waits[Math.min(delivery.attempts, waits.length) - 1] ?? firstWait)
  if (Temporal.Instant.compare(dueAt, outlivedAt(delivery)) > 0) {
    return {
      state: 'failed',
      reason: `the mail could not be sent within ${usefulHours(delivery.kind)} hours`,
      reply,
      suppress: false,
    }
  }
  return { state: 'deferred', dueAt, reply }
}
