import type { App } from '../app.ts'
import { confirmationView, linkView, type RequestedSubscription } from '../editions/mail/confirmation-view.ts'
import { type EditionDraft, freeze, mailingOf, senderOf } from '../editions/publish.ts'
import { createForReader } from '../editions/store/create-deliveries.ts'
import { addSending } from '../editions/store/editions.ts'
import { onlyTopics } from '../editions/store/filters.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { mayMailConfirmation } from './rules/sign-up-limits.ts'
import { countConfirmationMails } from './store/sign-ups.ts'
import { subscriptionsOf } from './store/subscriptions.ts'

/** `confirmation`: asks to confirm what is pending. `link`: a fresh link to the preferences. */
export type ConfirmationMail = { kind: 'confirmation' | 'link'; subscriberId: number }

/**
 * Creates a confirmation mail if the limits of the address allow one; false when they do not. The caller holds the
 * subscriber's lock, so that two requests at the same time create one mail.
 */
export async function mailWithinLimits(app: App, tx: Tx, mail: ConfirmationMail): Promise<boolean> {
  const sent = await countConfirmationMails(tx, mail.subscriberId, mail.kind, app.now())
  if (!mayMailConfirmation(sent)) return false
  await createConfirmationMail(app, tx, mail)
  return true
}

/** Puts the mail into the ledger, as a sending of its own. Its personal link gets its value when it is sent. */
async function createConfirmationMail(app: App, tx: Tx, mail: ConfirmationMail): Promise<void> {
  const edition = await freeze(app, tx, await draftOf(app, tx, mail))
  const reason = mail.kind === 'confirmation' ? 'signed up' : 'requested a link'
  const sending = await addSending(tx, edition.id, { reason, actor: 'reader', at: app.now() })
  await createForReader(tx, mailingOf(app, edition, sending), mail.subscriberId)
}

/** Readers who requested the same share an edition: nothing in it belongs to a single reader. */
async function draftOf(app: App, tx: Tx, { kind, subscriberId }: ConfirmationMail): Promise<EditionDraft> {
  const requested = kind === 'confirmation' ? await requestedBy(tx, subscriberId) : []
  return {
    template: kind,
    civilDate: dateAt(app.now()),
    reason: kind,
    facts: {
      kind,
      trigger: JSON.stringify({ requested, ...senderOf(app) }),
      window: '',
      filter: onlyTopics([]),
      rules: [],
      takeaways: [],
      told: [],
    },
    view: (sender) => (kind === 'confirmation' ? confirmationView({ ...sender, requested }) : linkView(sender)),
  }
}

async function requestedBy(tx: Tx, subscriberId: number): Promise<RequestedSubscription[]> {
  const pending = (await subscriptionsOf(tx, subscriberId)).filter(({ state }) => state === 'pending')
  return Promise.all(
    pending.map(async ({ topics, cadence, local_time: localTime, weekday, zone }) => ({
      topics: (await rulesOf(tx, topics)).map(({ slug, name }) => ({ slug, name })),
      schedule: { cadence, localTime, weekday },
      zone,
    })),
  )
}
