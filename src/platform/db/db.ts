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

/** A connection pool or a transaction: what every store function takes first. */
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>
export type Pool = pg.Pool

/** Opens a pool whose numbers, dates and instants arrive as numbers, ISO dates and Temporal.Instant. */
export function openDb(url: string, max = 10, special: Special = {}): { db: Db; pool: Pool } {
  const settings = {
    ...special,
    connectionString: url,
    max,
    types: { getTypeParser },
    connectionTimeoutMillis: 10_000,
    // A connection that a firewall forgot is found out while it is idle, not by the query that then waits for ever.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
  const pool = new pg.Pool({ ...settings, Client: OurClient as unknown as typeof pg.Client })
  pool.on('error', () => {}) // an idle connection that drops is replaced at the next query
  // One that drops between two statements of a transaction would end the process; the next statement is told of it.
  pool.on('connect', (client) => client.on('error', () => {}))
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), plugins: [new InstantPlugin()] }), pool }
}

/** `patienceMs`: a connection that answers a statement later than that is given up. */
type Special = { options?: string; patienceMs?: number }

const ledgerPatienceMs = 20_000

/**
 * A pool for the few statements that run with every mail: planned once, never in want of a connection, and all of them
 * short. They hold mails, and this worker lives: nobody else would send them while it waited for a network that is gone.
 */
export function openLedgerDb(url: string): { db: Db; pool: Pool } {
  return openDb(url, 5, { options: '-c plan_cache_mode=force_generic_plan', patienceMs: ledgerPatienceMs })
}

/** A statement that begins with a name in a comment is planned once for each connection, not at every call. */
class OurClient extends pg.Client {
  readonly #patienceMs: number | undefined

  constructor({ patienceMs, ...settings }: pg.ClientConfig & Special) {
    super(settings)
    this.#patienceMs = patienceMs
  }

  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args
    const name = typeof text === 'string' ? /^\/\* (\w+) \*\//.exec(text)?.[1] : undefined
    const query = super.query as (...args: unknown[]) => unknown
    const answer = query.apply(this, name ? [{ name, text, values }, ...rest] : args)
    if (this.#patienceMs && answer instanceof Promise) this.#waitFor(answer, this.#patienceMs)
    return answer as never
  }

  /** To end a client whose statement is under way is to break its connection; the statement fails and the pool drops it. */
  #waitFor(answer: Promise<unknown>, ms: number): void {
    const timer = setTimeout(() => this.end().catch(() => {}), ms)
    const stop = () => clearTimeout(timer)
    answer.then(stop, stop)
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
