import { isDeepStrictEqual } from 'node:util'
import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { Tx } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import type { TopicRule } from './rules/types.ts'
import { lockTopics, renameTopic, savePublished, type TopicVersion, topicVersions } from './store/topic-versions.ts'

/** `unchanged`: this rule is in force already. `version` is the one in force from now on. */
export type PublishedTopic = { slug: string; kind: 'published' | 'unchanged'; version: number }

/**
 * Publishes the topics of a file, each as the next version of its own. They find what is read from now on; stored takeaways
 * keep their matches, so that nothing old becomes news.
 * @throws UserError when a file was made from an older version than the newest one; then no topic is published
 */
export async function publishTopics(app: App, topics: TopicRule[], actor: string): Promise<PublishedTopic[]> {
  return app.db.transaction().execute(async (tx) => {
    await lockTopics(tx)
    const results: PublishedTopic[] = []
    for (const topic of topics) results.push(await publish(app, tx, topic, actor))
    return results
  })
}

async function publish(app: App, tx: Tx, topic: TopicRule, actor: string): Promise<PublishedTopic> {
  const { slug } = topic
  const [newest] = await topicVersions(tx, slug)
  requireFresh(topic, newest)
  if (newest && newest.retired_at === null && isSame(newest, topic))
    return { slug, kind: 'unchanged', version: newest.version }
  const version = (newest?.version ?? 0) + 1
  await savePublished(tx, { ...topic, version }, { builtinVersion: null, now: app.now() })
  const detail = { version, before: newest?.version ?? null }
  await recordAudit(app, tx, { actor, action: 'publish topic', subject: `topic:${slug}`, detail })
  return { slug, kind: 'published', version }
}

/** Puts the rules that another database has in force into force here. */
export async function adoptRules(app: App, rules: TopicRule[]): Promise<void> {
  await app.db.transaction().execute(async (tx) => {
    for (const rule of rules) {
      const [newest] = await topicVersions(tx, rule.slug)
      if (newest && isSame(newest, rule)) continue
      const version = Math.max(rule.version, (newest?.version ?? 0) + 1)
      await savePublished(tx, { ...rule, version }, { builtinVersion: null, now: app.now() })
    }
  })
}

/** Two analysts may edit one topic: the second one must see what the first one published. */
function requireFresh({ slug, version }: TopicRule, newest: TopicVersion | undefined): void {
  if (!newest || version === newest.version || version === newest.version + 1) return
  throw new UserError(
    `The rule of topic "${slug}" has version ${version}, and version ${newest.version} is the newest one. ` +
      `See \`sitrep topics show ${slug}\`, put your change into it, and publish that.`,
  )
}

const isSame = (a: TopicRule, b: TopicRule): boolean => isDeepStrictEqual(contentOf(a), contentOf(b))
/** As the database gives it back: JSON. */
const contentOf = ({ name, description, threshold, rule }: TopicRule): unknown =>
  JSON.parse(JSON.stringify({ name, description, threshold, rule }))

/**
 * Publishes an earlier version of a topic's rule as the newest one: that before the newest, or the given one. Nothing is lost.
 * @returns the new version and the version that it repeats
 * @throws UserError when there is no such version
 */
export async function rollBackTopic(
  app: App,
  slug: string,
  wanted: number | undefined,
  actor: string,
): Promise<{ version: number; repeats: number }> {
  return app.db.transaction().execute(async (tx) => {
    await lockTopics(tx)
    const { newest, earlier } = earlierVersion(slug, await topicVersions(tx, slug), wanted)
    const version = newest.version + 1
    const builtinVersion = earlier.builtin_version
    await savePublished(tx, { ...earlier, version }, { builtinVersion, now: app.now() })
    const detail = { version, before: newest.version, repeats: earlier.version }
    await recordAudit(app, tx, { actor, action: 'roll back topic', subject: `topic:${slug}`, detail })
    return { version, repeats: earlier.version }
  })
}

/**
 * The newest version of a topic, and the one to go back to.
 * @throws UserError when there is no such topic or version, or the topic is retired
 */
export function earlierVersion(
  slug: string,
  versions: TopicVersion[],
  wanted: number | undefined,
): { newest: TopicVersion; earlier: TopicVersion } {
  const [newest, before] = versions
  if (!newest) throw new UserError(`There is no topic "${slug}"; see \`sitrep topics list\`.`)
  if (newest.retired_at !== null)
    throw new UserError(`The topic "${slug}" is retired. Publish it again before you go back to an earlier rule.`)
  const earlier = wanted === undefined ? before : versions.find(({ version }) => version === wanted)
  if (earlier && earlier !== newest) return { newest, earlier }
  const known = versions.map(({ version }) => version).join(', ')
  if (wanted === undefined) throw new UserError(`The topic "${slug}" has only one version, ${known}.`)
  throw new UserError(
    earlier ? `Version ${wanted} of "${slug}" is in force already.` : `The topic "${slug}" has the versions ${known}.`,
  )
}

/**
 * Gives a topic another name; its slug, its rule and its readers stay.
 * @throws UserError when there is no such topic
 */
export async function renameTopicTo(app: App, slug: string, name: string, actor: string): Promise<void> {
  await app.db.transaction().execute(async (tx) => {
    await lockTopics(tx)
    const [newest] = await topicVersions(tx, slug)
    if (!newest) throw new UserError(`There is no topic "${slug}"; see \`sitrep topics list\`.`)
    await renameTopic(tx, slug, name)
    const detail = { name, before: newest.name }
    await recordAudit(app, tx, { actor, action: 'rename topic', subject: `topic:${slug}`, detail })
  })
}
