import {
  Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  PostgresDialect,
  type PrimitiveValueListNode,
  type QueryId,
  type Transaction,
  type ValueNode,
} from 'kysely'
import pg from 'pg'
import { DatabaseClient, type OwnSettings, settingsFor } from './client.ts'
import type { Tables } from './schema.ts'

/** A connection pool or a transaction: the first parameter of every store function. */
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>
export type Pool = pg.Pool
/** One connection of a pool, for statements that Kysely does not know. */
export type Connection = pg.PoolClient

/** `types: false` leaves values as the driver reads them, for a package that has statements of its own. */
type PoolOptions = OwnSettings & { max?: number; types?: boolean }

/**
 * Opens a pool of at most `max` connections. Sessions are in UTC. Numbers, dates and instants arrive as numbers, ISO dates and
 * Temporal.Instant.
 */
export function openDb(url: string, options: PoolOptions = {}): { db: Db; pool: Pool } {
  const pool = openPool(url, options)
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [new InstantPlugin()] }), pool }
}

/** Opens a pool without Kysely. */
export function openPool(url: string, { max = 10, types = true, ...own }: PoolOptions = {}): Pool {
  const settings = {
    ...own,
    ...settingsFor(url),
    max,
    ...(types && { types: { getTypeParser } }),
    connectionTimeoutMillis: 10_000,
    // A connection that a firewall has dropped is found while it is idle, not by a query that would wait for ever.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
  const pool = new pg.Pool({ ...settings, Client: DatabaseClient as unknown as typeof pg.Client })
  pool.on('error', () => {}) // the next query replaces an idle connection that was lost
  return pool
}

/**
 * A pool for the few short statements that run with every mail: each is planned once, and a connection is always free.
 * A worker that waited for a lost connection would keep its mails claimed, so a statement has a time limit.
 */
export function openLedgerDb(url: string): { db: Db; pool: Pool } {
  return openDb(url, { max: 5, genericPlans: true, statementTimeoutMs: 20_000 })
}

/** Runs `act` in a transaction that is rolled back: the result shows what would happen, and nothing is changed. */
export async function inDryRun<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  const tx = await db.startTransaction().execute()
  try {
    return await act(tx)
  } finally {
    await tx.rollback().execute()
  }
}

const int8 = 20
const date = 1082
const timestamptz = 1184
const int8Array = 1016

const getTypeParser: typeof pg.types.getTypeParser = ((oid: number, format: 'text' | 'binary') => {
  if (oid === int8) return Number
  if (oid === int8Array) return numbersOf
  if (oid === date) return (text: string) => text
  if (oid === timestamptz) return (text: string) => Temporal.Instant.from(text.replace(' ', 'T'))
  return pg.types.getTypeParser(oid, format as 'text')
}) as typeof pg.types.getTypeParser

/** `{1,2}` as PostgreSQL writes an array of integers. */
const numbersOf = (text: string): number[] => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number))

/** Writes Temporal.Instant parameters as ISO text; the driver would send them as quoted JSON. */
class InstantPlugin implements KyselyPlugin {
  readonly #transformer = new InstantTransformer()
  transformQuery({ node, queryId }: PluginTransformQueryArgs) {
    return this.#transformer.transformNode(node, queryId)
  }
  async transformResult({ result }: Parameters<KyselyPlugin['transformResult']>[0]) {
    return result
  }
}

class InstantTransformer extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode, queryId?: QueryId): ValueNode {
    return { ...super.transformValue(node, queryId), value: asText(node.value) }
  }
  protected override transformPrimitiveValueList(node: PrimitiveValueListNode, queryId?: QueryId) {
    return { ...super.transformPrimitiveValueList(node, queryId), values: node.values.map(asText) }
  }
}

const asText = <T>(value: T): T | string => (value instanceof Temporal.Instant ? value.toString() : value)
