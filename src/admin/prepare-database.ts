import type { App } from '../app.ts'
import { migrate } from '../platform/db/migrate.ts'
import { publishBuiltinTopics } from '../reading/publish-builtin-topics.ts'
import { builtinTopics } from '../reading/rules/topics/topic-file.ts'

/**
 * Brings the schema up to date, and the topics that come with the program. It may be repeated, by several processes at once.
 * @returns the names of the migrations that ran
 */
export async function prepareDatabase(app: App): Promise<string[]> {
  const ran = await migrate(app.db)
  await publishBuiltinTopics(app, builtinTopics)
  if (ran.length) app.log.info({ migrations: ran }, 'migrated database')
  return ran
}
