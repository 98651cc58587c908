import type { App } from '../app.ts'
import type { TopicRule } from './rules/types.ts'
import { lockTopics, savePublished, type TopicState, topicStates } from './store/topic-versions.ts'

/**
 * Brings the topics that come with the program up to date. A topic whose rule a team has published, and a retired one, stay
 * as they are. Matches name the version of the database, which is never below that of the program.
 */
export async function publishBuiltinTopics(app: App, builtin: TopicRule[]): Promise<void> {
  const isCurrent = async (db: App['db']) => outdated(await topicStates(db), builtin).length === 0
  if (await isCurrent(app.db)) return
  await app.db.transaction().execute(async (tx) => {
    await lockTopics(tx)
    const states = await topicStates(tx)
    for (const topic of outdated(states, builtin)) {
      const known = states.find(({ slug }) => slug === topic.slug)
      const version = Math.max(topic.version, (known?.version ?? 0) + 1)
      const named = known ? { name: known.name, description: known.description } : {}
      await savePublished(tx, { ...topic, ...named, version }, { builtinVersion: topic.version, now: app.now() })
    }
  })
}

const outdated = (states: TopicState[], builtin: TopicRule[]): TopicRule[] =>
  builtin.filter(({ slug, version }) => {
    const known = states.find((state) => state.slug === slug)
    if (!known) return true
    return known.retired_at === null && known.builtin_version !== null && known.builtin_version < version
  })
