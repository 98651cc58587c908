import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { inDryRun, type Tx } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { endedLines, mailNotice, pauseLine, subscriptionWords } from './notice-of-change.ts'
import { asStored, othersThan, requireKnown, saveChoice } from './own-subscriptions.ts'
import { consentText } from './rules/consent.ts'
import { choiceSchema } from './rules/subscription.ts'
import { type ConsentKind, recordConsent } from './store/consents.ts'
import { findSubscriberByEmail, lockSubscriber, type Subscriber, setPause } from './store/subscribers.ts'
import {
  activeSubscriptionsOf,
  choiceOf,
  endSubscriptions,
  type Subscription,
  sameAmong,
} from './store/subscriptions.ts'
import { settle } from './unsubscribe.ts'

/** Who changes what of a reader, and why. With `dryRun` nothing is changed and nothing is mailed. */
export type AdminChange = { email: string; actor: string; reason: string; dryRun?: boolean | undefined }

/** The parts of a choice that an admin changes, not parsed yet, of one subscription: of the only one, where no id is given. */
export type ChosenParts = { subscription?: number | undefined; parts: Record<string, unknown> }

/**
 * Changes a subscription of a reader, and tells the reader by mail. Returns what was changed, or with `dryRun` would be, in sentences.
 * @throws UserError when there is no such reader or subscription, a value does not fit, or another subscription of the reader
 * brings the same
 */
export async function setForAdmin(app: App, change: AdminChange, { subscription, parts }: ChosenParts) {
  return changeForAdmin(app, change, 'set subscription', async (tx, reader) => {
    const own = await activeSubscriptionsOf(tx, reader.id)
    const before = chosen(own, subscription)
    const parsed = choiceSchema.safeParse({ ...choiceOf(before), ...parts })
    if (!parsed.success) throw new UserError(parsed.error.issues[0]?.message ?? 'This choice is not valid.')
    await requireKnown(app, parsed.data)
    const same = sameAmong(othersThan(own, before), parsed.data)
    if (same) throw new UserError(`Subscription ${same.id} of this reader brings the same already.`)
    await saveChoice(app, tx, before, parsed.data)
    const text = consentText(parsed.data, `An admin changed the subscription: ${change.reason}.`)
    const lines = [await subscriptionWords(tx, change.dryRun ? 'Would change' : 'Changed', asStored(parsed.data))]
    return { kind: 'changed', text, lines, detail: { subscription: before.id, changed: Object.keys(parts) } }
  })
}

/** Pauses all mail of a reader until the morning of a date in the zone of the first subscription, or ends the pause (null). */
export async function pauseForAdmin(app: App, change: AdminChange, until: Temporal.PlainDate | null) {
  return changeForAdmin(app, change, until ? 'pause mail' : 'end pause', async (tx, reader) => {
    const [first] = await activeSubscriptionsOf(tx, reader.id)
    if (!first) throw new UserError(noSubscription)
    const instant = until?.toZonedDateTime(first.zone).toInstant() ?? null
    if (instant && Temporal.Instant.compare(instant, app.now()) <= 0)
      throw new UserError('--pause-until: choose a date after today.')
    await setPause(tx, reader.id, instant)
    const words = until ? `paused all mail until ${until}` : 'ended the pause of all mail'
    const text = `An admin ${words}: ${change.reason}.`
    return {
      kind: 'changed',
      text,
      lines: [pauseLine(until, change.dryRun)],
      detail: { until: until?.toString() ?? null },
    }
  })
}

/** Ends all subscriptions of a reader, and tells the reader by mail. Returns what ended, in sentences. */
export async function endForAdmin(app: App, change: AdminChange) {
  return changeForAdmin(app, change, 'end subscriptions', async (tx, reader) => {
    const ended = await endSubscriptions(tx, reader.id, app.now())
    if (ended.length === 0) throw new UserError(noSubscription)
    await settle(app, tx, reader)
    const text = `An admin ended every subscription: ${change.reason}.`
    return {
      kind: 'withdrawn',
      text,
      lines: await endedLines(tx, ended, change.dryRun),
      detail: { ended: ended.length },
    }
  })
}

/** What was done: the proof of it, the sentences that tell it, and what the audit log says. */
type Done = { kind: ConsentKind; text: string; lines: string[]; detail: object }

async function changeForAdmin(
  app: App,
  { email, actor, reason, dryRun }: AdminChange,
  action: string,
  change: (tx: Tx, reader: Subscriber) => Promise<Done>,
): Promise<string[]> {
  const act = async (tx: Tx): Promise<string[]> => {
    const found = await findSubscriberByEmail(tx, email)
    const reader = found && (await lockSubscriber(tx, found.id))
    if (!reader) throw new UserError('No reader has this address.')
    const { kind, text, lines, detail } = await change(tx, reader)
    await recordConsent(tx, { subscriberId: reader.id, kind, text, source: actor, at: app.now() })
    if (reader.state === 'active') await mailNotice(app, tx, reader.id, lines, { by: 'admin', undo: false })
    const own = [reader.email, reader.written_email ?? reader.email]
    await recordAudit(app, tx, { actor, action, subject: `subscriber:${reader.id}`, reason, detail }, ...own)
    return lines
  }
  return dryRun ? inDryRun(app.db, act) : app.db.transaction().execute(act)
}

/** @throws UserError where it is not clear which one is meant */
function chosen(own: Subscription[], id: number | undefined): Subscription {
  const named = id === undefined ? own : own.filter((one) => one.id === id)
  const [only, ...others] = named
  if (!own.length) throw new UserError(noSubscription)
  if (!only) throw new UserError(`--subscription: this reader has the subscriptions ${idsOf(own)}.`)
  if (others.length) throw new UserError(`--subscription: choose one of this reader's: ${idsOf(own)}.`)
  return only
}

const idsOf = (own: Subscription[]): string => own.map(({ id, cadence }) => `${id} (${cadence})`).join(', ')
const noSubscription = 'This reader has no active subscription.'
