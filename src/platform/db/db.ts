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
import type { Tables } from './schema.ts'

/** A connection pool or a transaction: the first parameter of every store function. */
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>
export type Pool = pg.Pool

/** `options` are server options; `statementTimeoutMs` ends a connection that takes longer to answer a statement. */
type PoolOptions = { max?: number; options?: string; statementTimeoutMs?: number }

/** Opens a pool of at most `max` connections. Sessions are in UTC. Numbers, dates and instants arrive as numbers, ISO dates and Temporal.Instant. */
export function openDb(url: string, { max = 10, options = '', ...special }: PoolOptions = {}): { db: Db; pool: Pool } {
  const settings = {
    ...special,
    connectionString: url,
    max,
    options: `-c TimeZone=UTC ${options}`.trim(),
    types: { getTypeParser },
    connectionTimeoutMillis: 10_000,
    // A connection that a firewall has dropped is found while it is idle, not by a query that would wait for ever.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
  const pool = new pg.Pool({ ...settings, Client: NamingClient as unknown as typeof pg.Client })
  pool.on('error', () => {}) // the next query replaces an idle connection that was lost
  // Without a listener, a connection that is lost between two statements of a transaction would end the process.
  // The next statement fails instead.
  pool.on('connect', (client) => client.on('error', () => {}))
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [new InstantPlugin()] }), pool }
}

/**
 * A pool for the few short statements that run with every mail: each is planned once, and a connection is always free.
 * A worker that waited for a lost connection would keep its mails claimed, so a statement has a time limit.
 */
export function openLedgerDb(url: string): { db: Db; pool: Pool } {
  return openDb(url, { max: 5, options: '-c plan_cache_mode=force_generic_plan', statementTimeoutMs: 20_000 })
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

/** Prepares a statement that begins with a name in a comment once for each connection, instead of planning every call. */
class NamingClient extends pg.Client {
  readonly #statementTimeoutMs: number | undefined

  constructor({ statementTimeoutMs, ...settings }: pg.ClientConfig & PoolOptions) {
    super(settings)
    this.#statementTimeoutMs = statementTimeoutMs
  }

  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args
    const name = typeof text === 'string' ? /^\/\* (\w+) \*\//.exec(text)?.[1] : undefined
    const query = super.query as (...args: unknown[]) => unknown
    const result = query.apply(this, name ? [{ name, text, values }, ...rest] : args)
    if (this.#statementTimeoutMs && result instanceof Promise) this.#limit(result, this.#statementTimeoutMs)
    return result as never
  }

  /** Ends the connection when a statement takes too long. The statement fails, and the pool drops the connection. */
  #limit(result: Promise<unknown>, ms: number): void {
    const timer = setTimeout(() => this.end().catch(() => {}), ms)
    const stop = () => clearTimeout(timer)
    result.then(stop, stop)
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
