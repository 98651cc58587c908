import type { Db } from '../../platform/db/db.ts'
import type { TopicName } from '../rules/types.ts'

/** Every topic that a reader may follow, in the order in which people see them. */
export async function topicNames(db: Db): Promise<(TopicName & { description: string })[]> {
  return db.selectFrom('topics').select(['slug', 'name', 'description']).orderBy('ordinal').orderBy('slug').execute()
}
