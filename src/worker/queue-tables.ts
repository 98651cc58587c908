import { assertSchemaCompatibility, LATEST_SCHEMA_VERSION, runMigrations, SchemaMigrationRequiredError } from 'bullmq'
import { needsSession } from '../platform/db/client.ts'
import { openPool, type Pool } from '../platform/db/db.ts'

export const queueName = 'sitrep'

/** The schema of the tables of BullMQ. */
export const queueSchema = 'bullmq'

/** Where the tables are; nowhere with a Redis. `databaseUrl` leads to PostgreSQL itself. */
type Place = { redisUrl?: string | undefined; databaseUrl: string }

/** Four connections, and in a worker the one that listens. BullMQ's statements find their tables by `search_path`. */
export const openQueuePool = ({ databaseUrl }: Place): Pool =>
  openPool(databaseUrl, { max: 5, types: false, session: { search_path: queueSchema } })

/**
 * Brings the tables of the queue up to date, if it is in the database. It changes nothing when they are: then the user of the
 * database needs no right to change the schema.
 */
export async function prepareQueue(place: Place): Promise<void> {
  if ((await queueProblem(place)) !== queueLacks) return
  await onClient(place, async (client) => {
    await runMigrations(client, queueSchema)
    // BullMQ would create the sequence of job numbers with the first job.
    await client.query('select next_job_id($1)', [queueName])
  })
}

/**
 * In a sentence, why the queue in the database cannot be used; null when it can, or when it is in Redis.
 * @throws when the database does not answer
 */
export async function queueProblem(place: Place): Promise<string | null> {
  if (place.redisUrl) return null
  try {
    const version = await onClient(place, (client) => assertSchemaCompatibility(client, queueSchema))
    return version < LATEST_SCHEMA_VERSION ? queueLacks : null
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return queueLacks
    const { code, message } = error as NodeJS.ErrnoException
    if (message === needsSession) return `${needsSession}, or set REDIS_URL.`
    if (code === insufficientPrivilege) return queueDenied
    throw error
  }
}

const queueLacks = 'The database lacks tables of the queue. Run `sitrep migrate` first.'
const queueDenied =
  'The user of the database may not use the tables of the queue. Run `sitrep migrate --grant USER` as their owner.'
const insufficientPrivilege = '42501'

type Client = Parameters<typeof runMigrations>[0]

async function onClient<T>(place: Place, act: (client: Client) => Promise<T>): Promise<T> {
  const pool = openQueuePool(place)
  try {
    const client = await pool.connect()
    return await act(client).finally(() => client.release())
  } finally {
    await pool.end()
  }
}
