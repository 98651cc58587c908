import type { Db } from '../../platform/db/db.ts'
import { UserError } from '../../platform/user-error.ts'
import type { TopicName, TopicRule } from '../rules/types.ts'

type Remembered = { versions: string; rules: TopicRule[] }
const remembered = new WeakMap<Db, Remembered>()

/**
 * The newest published rule of every topic that is not retired, in the order of the topics on pages: the same array as long as
 * no topic changes. A published rule never changes, and rules are large: they are read only when there is another version.
 */
export async function currentRules(db: Db): Promise<TopicRule[]> {
  const versions = await currentVersions(db)
  const last = remembered.get(db)
  if (last?.versions === versions) return last.rules
  const rules = await readCurrentRules(db)
  remembered.set(db, { versions, rules })
  return rules
}

const currentVersions = async (db: Db): Promise<string> => JSON.stringify(await newestVersions(db))

/** A topic with the version of its current rule. */
export type VersionedTopic = TopicName & { version: number }

/** Some topics with the versions of their current rules, in the given order. A topic that no longer exists is left out. */
export async function topicVersionsOf(db: Db, slugs: string[]): Promise<VersionedTopic[]> {
  const newest = await newestVersions(db)
  return slugs.flatMap((slug) => newest.find((one) => one.slug === slug) ?? [])
}

/** Without the rules, which are large. */
async function newestVersions(db: Db): Promise<(VersionedTopic & { description: string })[]> {
  return db
    .selectFrom('topics')
    .innerJoin('topic_rules', 'topic_rules.topic', 'topics.slug')
    .select((eb) => ['slug', 'name', 'description', eb.fn.max('version').as('version')])
    .where('retired_at', 'is', null)
    .groupBy(['slug', 'name', 'description'])
    .orderBy('slug')
    .execute()
}

async function readCurrentRules(db: Db): Promise<TopicRule[]> {
  const rows = await db
    .selectFrom('topics')
    .innerJoin('topic_rules', 'topic_rules.topic', 'topics.slug')
    .select(['slug', 'name', 'description', 'version', 'threshold', 'rule', 'ordinal'])
    .distinctOn('topics.slug')
    .where('retired_at', 'is', null)
    .orderBy('topics.slug')
    .orderBy('topic_rules.version', 'desc')
    .execute()
  return rows.sort((a, b) => a.ordinal - b.ordinal).map(({ ordinal, ...rule }) => rule)
}

/** The current rules of some topics, in the given order. A topic that no longer exists is left out. */
export async function rulesOf(db: Db, slugs: string[]): Promise<TopicRule[]> {
  const rules = await currentRules(db)
  return slugs.flatMap((slug) => rules.find((rule) => rule.slug === slug) ?? [])
}

/** A topic on lists. `retired_at` is null for a topic that readers may follow. */
export type ListedTopic = TopicName & { description: string; retired_at: Temporal.Instant | null }

/** Every topic, retired ones too: the pages of what they told stay. In the order of the topics on pages. */
export async function allTopics(db: Db): Promise<ListedTopic[]> {
  return db
    .selectFrom('topics')
    .select(['slug', 'name', 'description', 'retired_at'])
    .orderBy('ordinal')
    .orderBy('slug')
    .execute()
}

/** Every topic that a reader may follow, in the order of the topics on pages. */
export async function topicNames(db: Db): Promise<ListedTopic[]> {
  return (await allTopics(db)).filter(({ retired_at }) => retired_at === null)
}

/** @throws UserError when a choice names a topic that does not exist */
export async function requireKnownTopics(db: Db, choices: { topics: string[] }[]): Promise<void> {
  requireAmong(await topicNames(db), choices)
}

/** @throws UserError when a choice names a topic that is not among these */
export function requireAmong(topics: TopicName[], choices: { topics: string[] }[]): void {
  const known = topics.map((topic) => topic.slug)
  const unknown = choices.flatMap((choice) => choice.topics).find((slug) => !known.includes(slug))
  if (unknown === undefined) return
  throw new UserError(`There is no topic ${JSON.stringify(unknown)}; choose from ${known.join(', ') || 'none yet'}.`)
}
