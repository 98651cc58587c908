import type { Db, Tx } from '../../platform/db/db.ts'
import { UserError } from '../../platform/user-error.ts'
import type { TopicName, TopicRule } from '../rules/types.ts'

type Remembered = { versions: string; rules: TopicRule[] }
const remembered = new WeakMap<Db, Remembered>()

/**
 * The newest published rule of every topic, in the order of the topics on pages: the same array as long as no rule is published.
 * A published rule never changes, and rules are large: they are read only when there is another version.
 */
export async function currentRules(db: Db): Promise<TopicRule[]> {
  const versions = await currentVersions(db)
  const last = remembered.get(db)
  if (last?.versions === versions) return last.rules
  const rules = await readCurrentRules(db)
  remembered.set(db, { versions, rules })
  return rules
}

async function currentVersions(db: Db): Promise<string> {
  const newest = await db
    .selectFrom('topic_rules')
    .select((eb) => ['topic', eb.fn.max('version').as('version')])
    .groupBy('topic')
    .orderBy('topic')
    .execute()
  return newest.map(({ topic, version }) => `${topic}@${version}`).join(' ')
}

async function readCurrentRules(db: Db): Promise<TopicRule[]> {
  const rows = await db
    .selectFrom('topics')
    .innerJoin('topic_rules', 'topic_rules.topic', 'topics.slug')
    .select(['slug', 'name', 'description', 'version', 'threshold', 'rule', 'ordinal'])
    .distinctOn('topics.slug')
    .orderBy('topics.slug')
    .orderBy('topic_rules.version', 'desc')
    .execute()
  return rows.sort((a, b) => a.ordinal - b.ordinal).map(({ ordinal, ...rule }) => rule)
}

/** Publishes rules that are newer than the stored ones. Older rules stay for the matches that refer to them. */
export async function publishRules(tx: Tx, rules: TopicRule[], now: Temporal.Instant): Promise<void> {
  for (const [ordinal, { slug, name, description, version, threshold, rule }] of rules.entries()) {
    await tx
      .insertInto('topics')
      .values({ slug, name, description, ordinal })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .execute()
    await tx
      .insertInto('topic_rules')
      .values({ topic: slug, version, threshold, rule: JSON.stringify(rule), published_at: now })
      .onConflict((conflict) => conflict.columns(['topic', 'version']).doNothing())
      .execute()
  }
}

/** The current rules of some topics, in the given order. A topic that no longer exists is left out. */
export async function rulesOf(db: Db, slugs: string[]): Promise<TopicRule[]> {
  const rules = await currentRules(db)
  return slugs.flatMap((slug) => rules.find((rule) => rule.slug === slug) ?? [])
}

/** Every topic that a reader may follow, in the order of the topics on pages. */
export async function topicNames(db: Db): Promise<(TopicName & { description: string })[]> {
  return db.selectFrom('topics').select(['slug', 'name', 'description']).orderBy('ordinal').orderBy('slug').execute()
}

/** @throws UserError when a choice names a topic that does not exist */
export async function requireKnownTopics(db: Db, choices: { topics: string[] }[]): Promise<void> {
  const known = (await topicNames(db)).map((topic) => topic.slug)
  const unknown = choices.flatMap((choice) => choice.topics).find((slug) => !known.includes(slug))
  if (unknown === undefined) return
  throw new UserError(`There is no topic ${JSON.stringify(unknown)}; choose from ${known.join(', ') || 'none yet'}.`)
}
