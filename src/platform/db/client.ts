import pg from 'pg'
import { forDriver, splitHosts } from './database-url.ts'
import { createHosts, type Host, type Hosts } from './writable-host.ts'

/** What our connections have beside the driver's settings. */
export type OwnSettings = {
  /** Ends a connection that takes longer to answer a statement. */
  statementTimeoutMs?: number
  /** Plans a named statement once for all values, on connections that are not shared through a pooler. */
  genericPlans?: boolean
  /** Settings of the server that statements depend on. A connection through a pooler cannot keep them, and is refused. */
  session?: Record<string, string>
}

/** The settings of a client, with the hosts to choose among. All clients of a pool share one choice. */
export type ClientSettings = OwnSettings & Omit<pg.ClientConfig, 'options'> & { hosts: Hosts }

/** The driver's settings for a database: the first host's, since user, password, name and TLS are the same for all. */
export function settingsFor(url: string): { connectionString: string; hosts: Hosts } {
  const urls = splitHosts(url).map(forDriver)
  const [first = url] = urls
  const hosts = urls.map((one): Host => {
    const { host, port } = new pg.Client(one)
    return { host, port }
  })
  return { connectionString: first, hosts: createHosts(hosts, (host) => takesWrites(first, host)) }
}

const askMs = 3_000

async function takesWrites(connectionString: string, host: Host): Promise<boolean> {
  const client = Object.assign(new pg.Client({ connectionString, connectionTimeoutMillis: askMs }), host)
  client.on('error', () => {})
  const timer = setTimeout(() => client.end().catch(() => {}), askMs)
  try {
    await client.connect()
    const { rows } = await client.query<{ read_only: boolean }>(
      `select pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean as read_only`,
    )
    return rows[0]?.read_only === false
  } finally {
    clearTimeout(timer)
    client.end().catch(() => {})
  }
}

/** Why a connection through a pooler is refused. */
export const needsSession =
  'DATABASE_URL leads to a connection pooler, and this needs a session. Set DATABASE_DIRECT_URL to the URL of PostgreSQL itself'

/**
 * A connection in UTC, to the host that takes writes. It finds out whether a pooler is between. There it uses no named
 * statements: PgBouncer knows them from 1.21 on, and only where it is told to.
 */
export class DatabaseClient extends pg.Client {
  readonly #settings: ClientSettings
  #isPooled = false

  constructor(settings: ClientSettings) {
    super(settings)
    this.#settings = settings
    this.on('error', () => settings.hosts.forget())
  }

  /** Whether statements of one connection may reach different sessions of the server. True for every pooler. */
  get isPooled(): boolean {
    return this.#isPooled
  }

  override connect(callback?: unknown): never {
    const opened = this.#open()
    if (typeof callback !== 'function') return opened as never
    opened.then(
      () => callback(null, this),
      (error) => callback(error),
    )
    return undefined as never
  }

  async #open(): Promise<this> {
    const { hosts } = this.#settings
    Object.assign(this, await hosts.choose())
    try {
      await (super.connect() as Promise<unknown>)
      await this.#enterSession()
      return this
    } catch (error) {
      hosts.forget()
      this.end().catch(() => {})
      throw error
    }
  }

  /** A pooler tells clients a process number of its own. Settings are made only where the session is ours, in one round trip. */
  async #enterSession(): Promise<void> {
    const { session, genericPlans } = this.#settings
    const wanted = { ...session, ...(genericPlans && { plan_cache_mode: 'force_generic_plan' }) }
    const { processID } = this as unknown as { processID: number | null }
    const { rows } = await (super.query(
      `select pg_backend_pid() = $1 as is_ours, (select count(set_config(name, value, false))
         from json_each_text($2) as wanted (name, value) where pg_backend_pid() = $1)`,
      [processID ?? 0, JSON.stringify(wanted)],
    ) as Promise<{ rows: { is_ours: boolean }[] }>)
    this.#isPooled = rows[0]?.is_ours !== true
    if (this.#isPooled && session) throw new Error(needsSession)
  }

  /** PgBouncer keeps the time zone of each client, but refuses other settings at the start. */
  getStartupConf(): Record<string, string> {
    const { getStartupConf } = pg.Client.prototype as unknown as { getStartupConf(): Record<string, string> }
    return { ...getStartupConf.call(this), TimeZone: 'UTC' }
  }

  /** Prepares a statement that begins with a name in a comment once for each session, instead of planning every call. */
  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args
    const name = typeof text === 'string' && !this.#isPooled ? /^\/\* (\w+) \*\//.exec(text)?.[1] : undefined
    const query = super.query as (...args: unknown[]) => unknown
    const result = query.apply(this, name ? [{ name, text, values }, ...rest] : args)
    const { statementTimeoutMs } = this.#settings
    if (statementTimeoutMs && result instanceof Promise) this.#limit(result, statementTimeoutMs)
    return result as never
  }

  /** Ends the connection when a statement takes too long. The statement fails, and the pool drops the connection. */
  #limit(result: Promise<unknown>, ms: number): void {
    const timer = setTimeout(() => this.end().catch(() => {}), ms)
    const stop = () => clearTimeout(timer)
    result.then(stop, stop)
  }
}
