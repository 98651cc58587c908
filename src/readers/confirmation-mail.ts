import type { App } from '../app.ts'
import { confirmationView, linkView, type RequestedSubscription } from '../editions/mail/confirmation-view.ts'
import { brandOf, type EditionDraft, freeze, mailDomain } from '../editions/publish.ts'
import { priorityOf } from '../editions/rules/edition-kind.ts'
import { createForReader } from '../editions/store/create-deliveries.ts'
import { addSending } from '../editions/store/editions.ts'
import type { Tx } from '../platform/db/db.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { subscriptionsOf } from './store/subscriptions.ts'

/** What is asked for: a confirmation of what is pending, or a fresh link to the preferences. */
export type ConfirmationMail = { kind: 'confirmation' | 'link'; subscriberId: number }

/** Puts a letter into the ledger; its personal link is filled in when it is sent. Each request is a sending of its own. */
export async function createConfirmationMail(app: App, tx: Tx, request: ConfirmationMail): Promise<void> {
  const edition = await freeze(app, tx, await draftOf(app, tx, request))
  const now = app.now()
  const reason = request.kind === 'confirmation' ? 'signed up' : 'asked for a link'
  const sending = (await addSending(tx, edition.id, { reason, actor: 'reader', at: now }))!
  const mailing = {
    edition: edition.id,
    key: edition.key,
    sending,
    priority: priorityOf(edition.kind),
    domain: mailDomain(app),
    now,
  }
  await createForReader(tx, mailing, request.subscriberId)
}

/** People with the same wishes share a confirmation's edition: nothing in it is anybody's own. */
async function draftOf(app: App, tx: Tx, { kind, subscriberId }: ConfirmationMail): Promise<EditionDraft> {
  const wishes = kind === 'confirmation' ? await wishesOf(tx, subscriberId) : []
  const { publicUrl } = app.config
  const brand = brandOf(app)
  return {
    template: kind,
    civilDate: app.now().toString().slice(0, 10),
    reason: kind,
    facts: {
      kind,
      trigger: JSON.stringify({ wishes, publicUrl, brand }),
      window: '',
      topics: [],
      minScore: 0,
      rules: [],
      takeaways: [],
      alerted: [],
    },
    view: () =>
      kind === 'confirmation' ? confirmationView({ publicUrl, brand, requested: wishes }) : linkView({ publicUrl, brand }),
  }
}

async function wishesOf(tx: Tx, subscriberId: number): Promise<RequestedSubscription[]> {
  const pending = (await subscriptionsOf(tx, subscriberId)).filter(({ state }) => state === 'pending')
  return Promise.all(
    pending.map(async ({ topics, cadence, local_time: localTime, zone }) => ({
      topics: (await rulesOf(tx, topics)).map(({ slug, name }) => ({ slug, name })),
      schedule: { cadence, localTime },
      zone,
    })),
  )
}
