import type { App } from '../app.ts'
import { mailingOf } from '../editions/publish.ts'
import { lockComposing } from '../editions/store/composing-lock.ts'
import { type Again, createAgain, previewAgain } from '../editions/store/create-deliveries.ts'
import {
  addSending,
  type Edition,
  knownEdition,
  lastSendingOf,
  lockEdition,
  sendingOf,
} from '../editions/store/editions.ts'
import { requireNothingWithheld } from '../editions/withhold-item.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { AudienceSample } from '../platform/db/audience-sample.ts'
import { withoutAddresses } from '../platform/text/without-addresses.ts'
import { UserError } from '../platform/user-error.ts'
import { storedSuppressionKey } from '../readers/store/suppressions.ts'

/** `edition` is the key of an edition or the name of its web copy. */
export type ResendPlan = { edition: string; who: Again }
/** `lastSending` is the number of the last sending that the person saw; it is not checked where it is left out. */
export type ResendRequest = ResendPlan & { reason: string; actor: string; requestKey: string; lastSending?: number }
export type ResendOutcome =
  | { kind: 'queued'; sending: number; count: number }
  | { kind: 'nobody' }
  | { kind: 'already'; sending: number }

/**
 * Who would get an edition again, and its last sending until now, for a person to confirm.
 * @throws UserError when there is no such edition, it is a confirmation or link mail, or it tells of a withheld item
 */
export async function planResend(
  app: App,
  { edition, who }: ResendPlan,
): Promise<AudienceSample & { lastSending: number }> {
  const { id } = await resendable(app, edition)
  await requireNothingWithheld(app.db, id)
  const lastSending = await lastSendingOf(app.db, id)
  const repeat = { edition: id, who, suppressionKey: await storedSuppressionKey(app.db) }
  return { ...(await previewAgain(app.db, repeat)), lastSending }
}

/**
 * Sends an edition again, as a sending of its own with new Message-IDs (receivers drop repeated ones). The same
 * `requestKey` acts once (`already`). The edition is locked, so that of two people who press at the same time the second
 * one sees the sending of the first.
 * @throws UserError as `planResend` does, and when there is a newer sending than `lastSending`
 */
export async function resend(app: App, request: ResendRequest): Promise<ResendOutcome> {
  const edition = await resendable(app, request.edition)
  return app.db.transaction().execute(async (tx) => {
    await lockComposing(tx)
    await lockEdition(tx, edition.id)
    const done = await sendingOf(tx, request.requestKey)
    if (done !== undefined) return { kind: 'already', sending: done }
    const { lastSending = Number.POSITIVE_INFINITY } = request
    if ((await lastSendingOf(tx, edition.id)) > lastSending)
      throw new UserError('This edition was sent again in the meantime. Look at its deliveries, then decide.')
    await requireNothingWithheld(tx, edition.id)
    const repeat = { edition: edition.id, who: request.who, suppressionKey: await storedSuppressionKey(tx) }
    const { count: readers } = await previewAgain(tx, repeat)
    if (!readers) return { kind: 'nobody' }
    const now = app.now()
    const own = request.who.kind !== 'failed' && request.who.email ? [request.who.email] : []
    const reason = withoutAddresses(request.reason, ...own)
    const sending = await addSending(tx, edition.id, { ...request, reason, at: now })
    const count = await createAgain(tx, mailingOf(app, edition, sending), repeat)
    const detail = { sending, to: request.who.kind, count }
    const event = { actor: request.actor, action: 'resend', subject: `edition:${edition.id}`, reason, detail }
    await recordAudit(app, tx, event, ...own)
    return { kind: 'queued', sending, count }
  })
}

async function resendable(app: App, key: string): Promise<Edition> {
  const edition = await knownEdition(app.db, key)
  const { publicUrl } = app.config
  if (edition.kind === 'confirmation')
    throw new UserError(
      `A confirmation mail cannot be sent again. The reader can subscribe again at ${publicUrl} and gets a new one.`,
    )
  if (edition.kind === 'link')
    throw new UserError(
      `A preferences link cannot be sent again. The reader can request a new link at ${publicUrl}/preferences.`,
    )
  if (edition.kind === 'correction')
    throw new UserError(
      'A correction cannot be sent again. Run `sitrep corrections send` with the same note: it mails who has not got it.',
    )
  if (edition.kind === 'change')
    throw new UserError('A notice of a change cannot be sent again. The reader sees the preferences on their page.')
  return edition
}
