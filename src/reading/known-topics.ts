import type { Db } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { topicNames } from './store/topics.ts'

/** @throws UserError when a choice names a topic that does not exist */
export async function requireKnownTopics(db: Db, choices: { topics: string[] }[]): Promise<void> {
  const known = (await topicNames(db)).map((topic) => topic.slug)
  const unknown = choices.flatMap((choice) => choice.topics).find((slug) => !known.includes(slug))
  if (unknown === undefined) return
  throw new UserError(`There is no topic ${JSON.stringify(unknown)}; choose from ${known.join(', ') || 'none yet'}.`)
}
