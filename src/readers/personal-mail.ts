import type { App } from '../app.ts'
import type { RequestedSubscription } from '../editions/mail/confirmation-view.ts'
import { type EditionDraft, freeze, mailingOf } from '../editions/publish.ts'
import { createForReader } from '../editions/store/create-deliveries.ts'
import { addSending, sendingOfMinute } from '../editions/store/editions.ts'
import { onlyTopics } from '../editions/store/filters.ts'
import type { Tx } from '../platform/db/db.ts'
import { allTopics } from '../reading/store/topics.ts'
import type { Subscription } from './store/subscriptions.ts'

/** The facts of an edition that tells nothing of the stream: readers with the same trigger share it. */
export function personalFacts(kind: EditionDraft['facts']['kind'], trigger: object): EditionDraft['facts'] {
  const nothing = { window: '', filter: onlyTopics([]), rules: [], takeaways: [], told: [] }
  return { kind, trigger: JSON.stringify(trigger), ...nothing }
}

/** Puts a mail into the ledger for one reader who caused it. Its personal links get their values when it is sent. */
export async function mailToReader(
  app: App,
  tx: Tx,
  draft: EditionDraft,
  { subscriberId, reason }: { subscriberId: number; reason: string },
): Promise<void> {
  const edition = await freeze(app, tx, draft)
  const cause = { reason, actor: 'reader', at: app.now() }
  const shared = await sendingOfMinute(tx, edition.id, cause)
  if ((await createForReader(tx, mailingOf(app, edition, shared), subscriberId)) > 0) return
  const own = await addSending(tx, edition.id, cause) // the same mail to the same reader within a minute
  await createForReader(tx, mailingOf(app, edition, own), subscriberId)
}

/** A subscription as mails name it. */
export async function asRequested(
  tx: Tx,
  {
    topics,
    cadence,
    local_time: localTime,
    weekday,
    zone,
  }: Pick<Subscription, 'topics' | 'cadence' | 'local_time' | 'weekday' | 'zone'>,
): Promise<RequestedSubscription> {
  const known = await allTopics(tx) // the rules of learned topics would be a megabyte
  const names = topics.flatMap((topic) => known.find(({ slug }) => slug === topic) ?? [])
  return { topics: names.map(({ slug, name }) => ({ slug, name })), schedule: { cadence, localTime, weekday }, zone }
}
