import { sql } from 'kysely'
import { type Migration, type MigrationResultSet, Migrator } from 'kysely/migration'
import { UserError } from '../user-error.ts'
import type { Db } from './db.ts'
import * as firstLight from './migrations/0001-first-light.ts'
import * as reading from './migrations/0002-reading.ts'
import * as feeds from './migrations/0003-feeds.ts'
import * as sending from './migrations/0004-sending.ts'
import * as sendingOps from './migrations/0005-sending-ops.ts'
import * as bounceHooks from './migrations/0006-bounce-hooks.ts'
import * as plainWords from './migrations/0007-plain-words.ts'
import * as edits from './migrations/0008-edits.ts'
import * as stories from './migrations/0009-stories.ts'
import * as publicPages from './migrations/0010-public-pages.ts'
import * as alertThreads from './migrations/0011-alert-threads.ts'
import * as mutes from './migrations/0012-mutes.ts'
import * as alertWaits from './migrations/0013-alert-waits.ts'
import * as alertBudget from './migrations/0014-alert-budget.ts'
import * as digestOnly from './migrations/0015-digest-only.ts'
import * as feedNonce from './migrations/0016-feed-nonce.ts'
import * as changedWaits from './migrations/0017-changed-waits.ts'
import * as claimsByStory from './migrations/0018-claims-by-story.ts'
import * as openClaims from './migrations/0019-open-claims.ts'
import * as labels from './migrations/0020-labels.ts'
import * as choices from './migrations/0021-choices.ts'
import * as publishers from './migrations/0022-publishers.ts'
import * as places from './migrations/0023-places.ts'
import * as ownTopics from './migrations/0026-own-topics.ts'
import * as languages from './migrations/0027-languages.ts'
import * as refusals from './migrations/0028-refusals.ts'
import * as writtenAddresses from './migrations/0029-written-addresses.ts'
import * as bounds from './migrations/0030-bounds.ts'
import * as preferencesNonce from './migrations/0032-preferences-nonce.ts'
import * as imports from './migrations/0033-imports.ts'
import * as withheldItems from './migrations/0034-withheld-items.ts'
import * as corrections from './migrations/0035-corrections.ts'
import * as erasure from './migrations/0036-erasure.ts'
import * as signUps from './migrations/0038-sign-ups.ts'
import * as addressChanges from './migrations/0039-address-changes.ts'
import * as linkNonces from './migrations/0040-link-nonces.ts'
import * as lateItems from './migrations/0041-late-items.ts'
import * as alarms from './migrations/0042-alarms.ts'
import * as ownIntervals from './migrations/0043-own-intervals.ts'
import * as readerRecords from './migrations/0046-reader-records.ts'
import * as correctedLines from './migrations/0047-corrected-lines.ts'
import * as deliveryCounts from './migrations/0050-delivery-counts.ts'
import * as pageIndexes from './migrations/0051-page-indexes.ts'
import * as droppedDeliveries from './migrations/0052-dropped-deliveries.ts'
import * as correctionReaders from './migrations/0054-correction-readers.ts'
import * as alertRuns from './migrations/0055-alert-runs.ts'
import * as welcomeJob from './migrations/0056-welcome-job.ts'

const migrations: Record<string, Migration> = {
  '0001-first-light': firstLight,
  '0002-reading': reading,
  '0003-feeds': feeds,
  '0004-sending': sending,
  '0005-sending-ops': sendingOps,
  '0006-bounce-hooks': bounceHooks,
  '0007-plain-words': plainWords,
  '0008-edits': edits,
  '0009-stories': stories,
  '0010-public-pages': publicPages,
  '0011-alert-threads': alertThreads,
  '0012-mutes': mutes,
  '0013-alert-waits': alertWaits,
  '0014-alert-budget': alertBudget,
  '0015-digest-only': digestOnly,
  '0016-feed-nonce': feedNonce,
  '0017-changed-waits': changedWaits,
  '0018-claims-by-story': claimsByStory,
  '0019-open-claims': openClaims,
  '0020-labels': labels,
  '0021-choices': choices,
  '0022-publishers': publishers,
  '0023-places': places,
  '0026-own-topics': ownTopics,
  '0027-languages': languages,
  '0028-refusals': refusals,
  '0029-written-addresses': writtenAddresses,
  '0030-bounds': bounds,
  '0032-preferences-nonce': preferencesNonce,
  '0033-imports': imports,
  '0034-withheld-items': withheldItems,
  '0035-corrections': corrections,
  '0036-erasure': erasure,
  '0038-sign-ups': signUps,
  '0039-address-changes': addressChanges,
  '0040-link-nonces': linkNonces,
  '0041-late-items': lateItems,
  '0042-alarms': alarms,
  '0043-own-intervals': ownIntervals,
  '0046-reader-records': readerRecords,
  '0047-corrected-lines': correctedLines,
  '0050-delivery-counts': deliveryCounts,
  '0051-page-indexes': pageIndexes,
  '0052-dropped-deliveries': droppedDeliveries,
  '0054-correction-readers': correctionReaders,
  '0055-alert-runs': alertRuns,
  '0056-welcome-job': welcomeJob,
}

/**
 * Brings the schema up to date under an advisory lock, or up to one migration (a test begins at an older schema).
 * @returns the names of the migrations that ran
 * @throws with one sentence when the database does not answer or a statement fails
 */
export async function migrate(db: Db, upTo?: string): Promise<string[]> {
  const { error, results } = await run(db, upTo)
  if (error) throw new Error(explain(error), { cause: error })
  return results?.map((result) => result.migrationName) ?? []
}

async function run(db: Db, upTo?: string): Promise<MigrationResultSet> {
  try {
    const migrator = await migratorOf(db)
    return await (upTo ? migrator.migrateTo(upTo) : migrator.migrateToLatest())
  } catch (error) {
    return { error }
  }
}

/** The migrations that have not run on this database, and those that a newer version of the program ran. */
export type SchemaState = { pending: string[]; unknown: string[]; isEmpty: boolean }

/** @throws UserError when the user of the database may not read what has run */
export async function schemaState(db: Db): Promise<SchemaState> {
  const ran = await migrationsRun(db).catch((error) => {
    if (error.code !== insufficientPrivilege) throw error
    throw new UserError(connectionProblem(error), { cause: error })
  })
  return schemaAfter(ran)
}

/** The state of a schema on which the migrations with these names ran. */
export function schemaAfter(ran: string[]): SchemaState {
  const names = Object.keys(migrations)
  return {
    pending: names.filter((name) => !ran.includes(name)),
    unknown: ran.filter((name) => !names.includes(name)),
    isEmpty: ran.length === 0,
  }
}

async function migrationsRun(db: Db): Promise<string[]> {
  const { rows: found } = await sql<{ is_there: boolean }>`
    select to_regclass(quote_ident(current_schema()) || '.kysely_migration') is not null as is_there`.execute(db)
  if (!found[0]?.is_there) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

/** In a sentence, why this program cannot use the schema: it is older or newer; null when it fits. */
export function schemaProblem({ pending, unknown }: SchemaState): string | null {
  const newest = unknown.at(-1)
  if (newest) return `A newer Sitrep migrated the database (${newest}). Start that version, or restore an older backup.`
  return pending.length ? `The database lacks ${pending.join(', ')}. Run \`sitrep migrate\` first.` : null
}

/** The record of what has run is in the schema that the statements use: a database may hold several. */
async function migratorOf(db: Db): Promise<Migrator> {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db)
  const migrationTableSchema = rows[0]?.name ?? 'public'
  return new Migrator({ db, provider: { getMigrations: async () => migrations }, migrationTableSchema })
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === insufficientPrivilege)
    return `The user of the database may not change its schema (${message}). Run \`sitrep migrate\` as the owner of the tables.`
  return connectionProblem(error) ?? `The database schema could not be brought up to date: ${message}.`
}

/** In a sentence, why no connection to the database was made; undefined for every other error. */
export function connectionProblem(error: unknown): string | undefined {
  const { code = '', message } = error as NodeJS.ErrnoException
  const reason = message || code
  if (refusedLogin.has(code) || isLoginError.test(message)) {
    return `The database refuses this user or password (${reason}). Check DATABASE_URL.`
  }
  if (code === insufficientPrivilege) {
    return `The user of the database may not use its tables (${reason}). Run \`sitrep migrate --grant USER\` as their owner.`
  }
  if (code === missingDatabase) return `The database server has no such database (${reason}). Check DATABASE_URL.`
  if (unreachable.has(code) || isTimeout.test(message)) {
    return `The database does not answer (${reason}). Check DATABASE_URL.`
  }
  return undefined
}

/** PostgreSQL's invalid_authorization_specification and invalid_password. */
const refusedLogin = new Set(['28000', '28P01'])
/** The driver's own error, such as for a URL without a password. */
const isLoginError = /^SASL: /
/** PostgreSQL's invalid_catalog_name. */
const missingDatabase = '3D000'
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
const insufficientPrivilege = '42501'
const isTimeout =
  /^(?:No host of the database takes writes|timeout exceeded when trying to connect|Connection terminated)/
