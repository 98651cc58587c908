import type { App } from '../app.ts'
import { changeView } from '../editions/mail/change-view.ts'
import { subscriptionLine } from '../editions/mail/confirmation-view.ts'
import { freeze, mailingOf, senderOf } from '../editions/publish.ts'
import { createForReader } from '../editions/store/create-deliveries.ts'
import { addSending } from '../editions/store/editions.ts'
import { onlyTopics } from '../editions/store/filters.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { mayMailNotice } from './rules/sign-up-limits.ts'
import { countConfirmationMails } from './store/sign-ups.ts'
import { type Subscription, subscriptionsOf } from './store/subscriptions.ts'

/**
 * Mails a reader what was changed with the link of a mail, in sentences. The caller holds the subscriber's lock. Past the limit of
 * a day the change is made, and no mail tells of it.
 */
export async function mailNotice(app: App, tx: Tx, subscriberId: number, lines: string[]): Promise<void> {
  const sent = await countConfirmationMails(tx, subscriberId, 'change', app.now())
  if (!mayMailNotice(sent)) return
  const isLast = !(await subscriptionsOf(tx, subscriberId)).some(({ state }) => state === 'active')
  const notice = { lines, isLast }
  const edition = await freeze(app, tx, {
    template: 'link',
    civilDate: dateAt(app.now()),
    reason: 'change',
    facts: {
      kind: 'change',
      trigger: JSON.stringify({ ...notice, ...senderOf(app) }),
      window: '',
      filter: onlyTopics([]),
      rules: [],
      takeaways: [],
      told: [],
    },
    view: (sender) => changeView({ ...sender, ...notice }),
  })
  const sending = await addSending(tx, edition.id, { reason: 'changed preferences', actor: 'reader', at: app.now() })
  await createForReader(tx, mailingOf(app, edition, sending), subscriberId)
}

/** `Ended: a daily digest at 07:00 (Kyiv) on Displacement.` */
export async function subscriptionWords(
  tx: Tx,
  change: 'Added' | 'Changed' | 'Ended',
  {
    topics,
    cadence,
    local_time: localTime,
    weekday,
    zone,
  }: Pick<Subscription, 'topics' | 'cadence' | 'local_time' | 'weekday' | 'zone'>,
): Promise<string> {
  const names = (await rulesOf(tx, topics)).map(({ slug, name }) => ({ slug, name }))
  const line = subscriptionLine({ topics: names, schedule: { cadence, localTime, weekday }, zone })
  return `${change}: ${line.charAt(0).toLowerCase()}${line.slice(1)}`
}
