import type { App } from '../app.ts'
import { migrate, type SchemaState, schemaProblem, schemaState } from '../platform/db/migrate.ts'
import { UserError } from '../platform/user-error.ts'
import { publishBuiltinTopics } from '../reading/publish-builtin-topics.ts'
import { builtinTopics } from '../reading/rules/topics/topic-file.ts'

/**
 * Brings the schema up to date, and the topics that come with the program. It may be repeated, by several processes at once.
 * @returns the names of the migrations that ran
 * @throws UserError when a newer version of the program migrated the database
 */
export async function prepareDatabase(app: App): Promise<string[]> {
  const { pending } = await requireSchema(app, { mayBeOlder: true })
  const ran = pending.length ? await migrate(app.db) : []
  await publishBuiltinTopics(app, builtinTopics)
  if (ran.length) app.log.info({ migrations: ran }, 'migrated database')
  return ran
}

/**
 * Prepares the database for a process that serves. In production only `sitrep migrate` changes the schema: versions may run
 * side by side.
 * @throws UserError when the schema is another one
 */
export async function prepareToServe(app: App): Promise<void> {
  if (app.config.production) await requireSchema(app)
  await prepareDatabase(app)
}

/**
 * For a command: prepares an empty database outside production, and changes no other schema.
 * @throws UserError when the schema is another one
 */
export async function prepareToCommand(app: App): Promise<void> {
  const { isEmpty } = await schemaState(app.db)
  if (isEmpty && !app.config.production) await prepareDatabase(app)
  else await requireSchema(app)
}

async function requireSchema({ db }: App, { mayBeOlder = false } = {}): Promise<SchemaState> {
  const state = await schemaState(db)
  const problem = schemaProblem(mayBeOlder ? { ...state, pending: [] } : state)
  if (problem) throw new UserError(problem)
  return state
}
