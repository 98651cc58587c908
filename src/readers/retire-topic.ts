import type { App } from '../app.ts'
import { type RetiredFor, retiredTopicView } from '../editions/mail/retired-topic-view.ts'
import { freeze, mailingOf } from '../editions/publish.ts'
import { createForReaders } from '../editions/store/create-deliveries.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { Db, Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { UserError } from '../platform/user-error.ts'
import type { TopicName } from '../reading/rules/types.ts'
import { lockTopics, markRetired } from '../reading/store/topic-versions.ts'
import { topicNames } from '../reading/store/topics.ts'
import { personalFacts } from './personal-mail.ts'
import { recordForReaders, replaceTopic } from './store/topic-followers.ts'

/** How many readers get a mail, because a subscription was changed or because one ended. */
export type RetiredTopic = { changed: number; ended: number }

/**
 * Retires a topic: nobody can choose it and no report gets it from then on; its history stays. Subscriptions on it follow the
 * topic `moveTo`, or go on without it; one that has no other topic ends. Each of their readers is told by one mail. What is
 * frozen already is sent as it is.
 * @throws UserError when one of the topics does not exist or is retired, or both are one
 */
export async function retireTopic(
  app: App,
  slug: string,
  { moveTo, actor }: { moveTo?: string | undefined; actor: string },
): Promise<RetiredTopic> {
  return app.db.transaction().execute(async (tx) => {
    await lockTopics(tx)
    const { topic, to } = await topicsToRetire(tx, slug, moveTo)
    await markRetired(tx, slug, { movedTo: to?.slug ?? null, now: app.now() })
    const { changed, ended } = await replaceTopic(tx, slug, to?.slug ?? null, app.now())
    await tell(app, tx, topic, to ? { kind: 'moved', to } : { kind: 'left' }, changed)
    await tell(app, tx, topic, { kind: 'ended' }, ended)
    const counts = { changed: changed.length, ended: ended.length }
    const detail = { moved_to: to?.slug ?? null, ...counts }
    await recordAudit(app, tx, { actor, action: 'retire topic', subject: `topic:${slug}`, detail })
    return counts
  })
}

/**
 * The topic to retire, and the one to which its readers move.
 * @throws UserError when one of them does not exist or is retired, or both are one
 */
export async function topicsToRetire(
  db: Db,
  slug: string,
  moveTo: string | undefined,
): Promise<{ topic: TopicName; to: TopicName | null }> {
  const inForce = await topicNames(db)
  const known = (wanted: string) => {
    const found = inForce.find((one) => one.slug === wanted)
    if (found) return found
    throw new UserError(`There is no topic "${wanted}"; choose from ${inForce.map((one) => one.slug).join(', ')}.`)
  }
  if (slug === moveTo) throw new UserError('--move-to: choose another topic than the one that you retire.')
  const topic = known(slug)
  const to = moveTo === undefined ? null : known(moveTo)
  if (inForce.length === 1)
    throw new UserError(`"${slug}" is the only topic. Publish another one before you retire it.`)
  return { topic, to }
}

/** One mail for each reader, whose own part is only the link to the preferences. */
async function tell(app: App, tx: Tx, topic: TopicName, outcome: RetiredFor, readers: number[]): Promise<void> {
  if (readers.length === 0) return
  const about = { topic: { slug: topic.slug, name: topic.name }, outcome }
  const edition = await freeze(app, tx, {
    template: 'link',
    civilDate: dateAt(app.now()),
    reason: 'a topic was retired',
    facts: personalFacts('link', { retired: about, at: app.now().toString() }),
    view: (sender) => retiredTopicView({ ...sender, ...about }),
  })
  await createForReaders(tx, { ...mailingOf(app, edition), priority: noticePriority }, readers)
  await recordForReaders(tx, readers, { text: consentWords(topic, outcome), source: 'cli', at: app.now() })
}

/** Behind confirmations and alerts: nobody waits for this mail. */
const noticePriority = 5

function consentWords({ name }: TopicName, outcome: RetiredFor): string {
  const after = {
    moved: outcome.kind === 'moved' ? `My subscriptions on it follow ${outcome.to.name} instead.` : '',
    left: 'My subscriptions go on without it.',
    ended: 'A subscription of mine had no other topic and has ended.',
  }
  return `The topic ${name} was retired by an admin. ${after[outcome.kind]}`
}
