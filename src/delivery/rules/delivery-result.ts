import type { DeliveryState } from '../../platform/db/tables/delivery.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'
import { isRelayRefusal, kindOfReply, limitsRelay } from './enhanced-status.ts'
import type { RefusalKind } from './refusal-kind.ts'

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
 * our own address, and `rest` for how long the relay that limits us is left alone. `interrupted`: the server did not get the whole message. `lost`: nobody can know whether the server
 * took the message. `unsendable`: the mail server cannot take mail for such an address, and nothing was sent.
 */
export type SendOutcome =
  | { kind: 'accepted'; reply: string }
  | { kind: 'rejected'; code: number; reply: string; ofSender?: boolean | undefined; rest?: Temporal.Duration }
  | { kind: 'interrupted'; reply: string }
  | { kind: 'lost'; reply: string }
  | { kind: 'unsendable'; reply: string }

/**
 * What the ledger records of it: the next state, and what belongs to it. `refusal` says what a refusal is about; null when
 * the mail was not refused. `ofRelay`: the relay limits us, and no mail domain is to blame.
 */
export type DeliveryResult =
  | { state: 'accepted'; reply: string }
  | { state: 'deferred'; dueAt: Temporal.Instant; reply: string; ofRelay: boolean }
  | { state: 'failed'; reason: string; reply: string; refusal: RefusalKind | null }
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
  if (outcome.kind === 'unsendable') return { state: 'failed', reason: reply, reply: '', refusal: null }
  if (outcome.kind === 'lost' && !repeatableKinds.includes(delivery.kind)) return { state: 'unknown', reply }
  if (outcome.kind === 'rejected' && isRelayRefusal(outcome.code)) {
    return { state: 'deferred', dueAt: now.add(relayRest), reply, ofRelay: true }
  }
  if (outcome.kind === 'rejected' && outcome.code >= 500) {
    return { state: 'failed', reason: refused, reply, refusal: outcome.ofSender ? 'policy' : kindOfReply(reply) }
  }
  if (outcome.kind === 'rejected' && limitsRelay(outcome)) {
    return deferOrGiveUp(delivery, now.add(outcome.rest ?? relayRest), { reply, ofRelay: true })
  }
  return deferOrGiveUp(delivery, nextAttempt(delivery, now), { reply, ofRelay: false })
}

/** When a mail that waits for its mail server is tried again. */
export const nextAttempt = ({ attempts }: Pick<Attempt, 'attempts'>, now: Temporal.Instant): Temporal.Instant =>
  now.add(waits[Math.min(attempts, waits.length) - 1] ?? firstWait)

/** Kinds of mail that are sent again after a lost reply: a second copy does no harm, and a missing mail does. */
export const repeatableKinds: EditionKind[] = ['confirmation', 'link', 'change']

/** When a mail is outdated: an alert after a day, every other mail after three. */
export function outlivedAt({ kind, datedAt }: { kind: EditionKind; datedAt: Temporal.Instant }): Temporal.Instant {
  return datedAt.add({ hours: usefulHours(kind) })
}

/** Whether a mail was refused for policy, for its content, or without a given reason. */
export function isOurFault(result: DeliveryResult): boolean {
  return result.state === 'failed' && result.refusal === 'policy'
}

const usefulHours = (kind: EditionKind): number => (kind === 'alert' ? 24 : 72)

function deferOrGiveUp(
  delivery: Attempt,
  dueAt: Temporal.Instant,
  { reply, ofRelay }: { reply: string; ofRelay: boolean },
): DeliveryResult {
  if (Temporal.Instant.compare(dueAt, outlivedAt(delivery)) > 0) {
    return {
      state: 'failed',
      reason: `the mail could not be sent within ${usefulHours(delivery.kind)} hours`,
      reply,
      refusal: null,
    }
  }
  return { state: 'deferred', dueAt, reply, ofRelay }
}
