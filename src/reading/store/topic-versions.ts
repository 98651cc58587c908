import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import type { TopicRule } from '../rules/types.ts'

/** The key of the advisory lock: one transaction at a time changes topics. */
const topicsLock = 7_140_009

/** Lets one transaction at a time change topics, until it ends. */
export async function lockTopics(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${topicsLock})`.execute(tx)
}

/** A topic with one version of its rule. `builtin_version` is null for a rule of a team. */
export type TopicVersion = TopicRule & {
  builtin_version: number | null
  published_at: Temporal.Instant
  retired_at: Temporal.Instant | null
  moved_to: string | null
}

/** All versions of the rules of one topic, the newest first; with `slug` not given, of all topics in their order on pages. */
export async function topicVersions(db: Db, slug?: string): Promise<TopicVersion[]> {
  let query = db
    .selectFrom('topics')
    .innerJoin('topic_rules', 'topic_rules.topic', 'topics.slug')
    .select(['slug', 'name', 'description', 'version', 'threshold', 'rule'])
    .select(['builtin_version', 'published_at', 'retired_at', 'moved_to'])
  if (slug !== undefined) query = query.where('slug', '=', slug)
  return query.orderBy('ordinal').orderBy('slug').orderBy('version', 'desc').execute()
}

/** A topic without its rule, as a list shows it. */
export type TopicState = Omit<TopicVersion, 'threshold' | 'rule'>

/** Whose rule a version is: `built-in` came with the program. */
export const originOf = ({ builtin_version }: Pick<TopicVersion, 'builtin_version'>): string =>
  builtin_version === null ? 'own' : 'built-in'

/** Every topic with its newest version, retired ones too, in the order of the topics on pages. */
export async function topicStates(db: Db): Promise<TopicState[]> {
  const rows = await db
    .selectFrom('topics')
    .innerJoin('topic_rules', 'topic_rules.topic', 'topics.slug')
    .select(['slug', 'name', 'description', 'version', 'builtin_version', 'published_at', 'retired_at', 'moved_to'])
    .select('ordinal')
    .distinctOn('slug')
    .orderBy('slug')
    .orderBy('version', 'desc')
    .execute()
  return rows.sort((a, b) => a.ordinal - b.ordinal).map(({ ordinal, ...state }) => state)
}

/** Saves a version of a topic's rule as the newest one; a topic that is new or retired can be followed from then on. */
export async function savePublished(
  tx: Tx,
  { slug, name, description, version, threshold, rule }: TopicRule,
  { builtinVersion, now }: { builtinVersion: number | null; now: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto('topics')
    .columns(['slug', 'name', 'description', 'ordinal'])
    .expression((eb) =>
      eb
        .selectFrom('topics')
        .select([
          eb.val(slug).as('slug'),
          eb.val(name).as('name'),
          eb.val(description).as('description'),
          sql<number>`coalesce(max(ordinal), -1) + 1`.as('ordinal'),
        ]),
    )
    .onConflict((conflict) =>
      conflict.column('slug').doUpdateSet({ name, description, retired_at: null, moved_to: null }),
    )
    .execute()
  await tx
    .insertInto('topic_rules')
    .values({
      topic: slug,
      version,
      threshold,
      rule: JSON.stringify(rule),
      published_at: now,
      builtin_version: builtinVersion,
    })
    .execute()
}

export async function renameTopic(tx: Tx, slug: string, name: string): Promise<void> {
  await tx.updateTable('topics').set({ name }).where('slug', '=', slug).execute()
}

export async function markRetired(
  tx: Tx,
  slug: string,
  { movedTo, now }: { movedTo: string | null; now: Temporal.Instant },
): Promise<void> {
  await tx.updateTable('topics').set({ retired_at: now, moved_to: movedTo }).where('slug', '=', slug).execute()
}
