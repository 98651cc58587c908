import type { TopicName } from '../domain/reading/types.ts'
import type { Db } from './db.ts'

/** Every topic that a reader may follow, in the order in which people see them. */
export async function topicNames(db: Db): Promise<(TopicName & { description: string })[]> {
  return db.selectFrom('topics').select(['slug', 'name', 'description']).orderBy('ordinal').orderBy('slug').execute()
}
