import type { App } from '../app.ts'
import {
  confirmationView,
  dataLinkView,
  type ImportedList,
  linkView,
  type RequestedSubscription,
  wholeLinkView,
} from '../editions/mail/confirmation-view.ts'
import { type EditionDraft, senderOf } from '../editions/publish.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { asRequested, mailToReader, personalFacts } from './personal-mail.ts'
import { lifetimes } from './rules/lifetimes.ts'
import { mayMailFrom } from './rules/sign-up-limits.ts'
import { importOfRequest } from './store/imports.ts'
import { requestedMails } from './store/sign-ups.ts'
import { findSubscriber } from './store/subscribers.ts'
import { subscriptionsOf } from './store/subscriptions.ts'

/**
 * `confirmation`: asks to confirm what is pending. `link`: a fresh link to the preferences, which somebody asked for `by` a form, where
 * none is given, or by the link of a mail.
 */
export type ConfirmationMail = { kind: 'confirmation' | 'link'; subscriberId: number; by?: 'mail' }

/** `limited`: the limits of the address allow one `from` then on. */
export type MailedWithinLimits = { kind: 'mailed' } | { kind: 'limited'; from: Temporal.Instant }

/**
 * Creates a confirmation mail if the limits of the address allow one. The caller holds the subscriber's lock, so that two
 * requests at the same time create one mail.
 */
export async function mailWithinLimits(app: App, tx: Tx, mail: ConfirmationMail): Promise<MailedWithinLimits> {
  const now = app.now()
  const since = now.subtract(lifetimes.addressCount)
  const from = mayMailFrom(await requestedMails(tx, mail.subscriberId, mail.kind, { since }), now)
  if (from) return { kind: 'limited', from }
  await createConfirmationMail(app, tx, mail)
  return { kind: 'mailed' }
}

async function createConfirmationMail(app: App, tx: Tx, mail: ConfirmationMail): Promise<void> {
  const reason = mail.kind === 'confirmation' ? 'signed up' : 'requested a link'
  await mailToReader(app, tx, await draftOf(app, tx, mail), { subscriberId: mail.subscriberId, reason })
}

async function draftOf(app: App, tx: Tx, { kind, subscriberId, by }: ConfirmationMail): Promise<EditionDraft> {
  if (by === 'mail') return linkByMail(app)
  if (kind === 'confirmation') {
    const brought = await importOfRequest(tx, subscriberId)
    const list = brought && listOf(brought.file, brought.begun_at, null)
    return confirmationDraft(app, await requestedBy(tx, subscriberId), list)
  }
  const hasLeft = (await findSubscriber(tx, subscriberId))?.state === 'gone'
  return hasLeft ? linkForLeavers(app) : draftFor(app, kind, { requested: [] })
}

/** A list as mails name it: by where its readers agreed and when, or by the name of the file. */
export const listOf = (
  file: string,
  imported: Temporal.Instant,
  agreed: { source: string; at: Temporal.Instant } | null,
): ImportedList => ({
  name: agreed?.source ?? file.replace(/\.\w+$/, ''),
  agreed: agreed && dateAt(agreed.at),
  imported: dateAt(imported),
})

/** The mail that asks to confirm what was requested. Readers who requested the same share an edition: nothing in it is one reader's own. */
export const confirmationDraft = (app: App, requested: RequestedSubscription[], list?: ImportedList): EditionDraft =>
  draftFor(app, 'confirmation', { requested, list })

/** The mail with a link to all preferences for who has a link to one subscription. */
const linkByMail = (app: App): EditionDraft => ({
  ...draftFor(app, 'link', { requested: [] }),
  facts: personalFacts('link', { by: 'mail', ...senderOf(app) }),
  view: wholeLinkView,
})

/** The mail with a link to what is kept of a reader who has left. */
const linkForLeavers = (app: App): EditionDraft => ({
  ...draftFor(app, 'link', { requested: [] }),
  facts: personalFacts('link', { hasLeft: true, ...senderOf(app) }),
  view: dataLinkView,
})

type Requested = { requested: RequestedSubscription[]; list?: ImportedList | undefined }

function draftFor(app: App, kind: ConfirmationMail['kind'], requested: Requested): EditionDraft {
  return {
    template: kind,
    civilDate: dateAt(app.now()),
    reason: kind,
    facts: personalFacts(kind, { ...requested, ...senderOf(app) }),
    view: (sender) => (kind === 'confirmation' ? confirmationView({ ...sender, ...requested }) : linkView(sender)),
  }
}

async function requestedBy(tx: Tx, subscriberId: number): Promise<RequestedSubscription[]> {
  const pending = (await subscriptionsOf(tx, subscriberId)).filter(({ state }) => state === 'pending')
  return Promise.all(pending.map((subscription) => asRequested(tx, subscription)))
}
