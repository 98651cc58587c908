import type { Config } from '../../config.ts'
import { probeSessions } from '../../platform/db/probe-sessions.ts'
import { type CheckResult, failure, ok, warning } from './check.ts'

type Settings = Pick<Config, 'redisUrl'> & { databaseUrl: string; databaseDirectUrl: string }

const setDirect = 'Set DATABASE_DIRECT_URL to the URL of PostgreSQL itself'

/** Says whether a connection pooler is between, and whether what needs a session of PostgreSQL has one (docs/postgres.md). */
export async function checkSessions({ databaseUrl, databaseDirectUrl, redisUrl }: Settings): Promise<CheckResult[]> {
  const { isPooled, isDirectPooled, arrives } = await probeSessions(databaseUrl, databaseDirectUrl)
  if (!isDirectPooled && !arrives)
    return [failure('DATABASE_URL and DATABASE_DIRECT_URL lead to two databases. Let both lead to the same one.')]
  if (!isDirectPooled) return [ok(isPooled ? besidePooler : 'DATABASE_URL leads to PostgreSQL itself.')]
  const say = 'DATABASE_URL leads to a connection pooler, and no setting leads to PostgreSQL itself.'
  return [
    ...(redisUrl ? [] : [failure(`${say} The queue in the database needs that. ${setDirect}, or set REDIS_URL.`)]),
    ...(arrives
      ? []
      : [warning(`Wake-ups get lost in the connection pooler, so work waits up to 30 s. ${setDirect}.`)]),
    ...(redisUrl && arrives ? [ok('DATABASE_URL leads to a connection pooler, and wake-ups pass it.')] : []),
  ]
}

const besidePooler = 'DATABASE_URL leads to a connection pooler, and DATABASE_DIRECT_URL to PostgreSQL itself.'
