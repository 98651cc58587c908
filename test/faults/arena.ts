import { appendFileSync } from 'node:fs'
import { basename } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Db } from '../../src/platform/db/db.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { createDigest } from '../support/deliveries.ts'
import { eventually } from '../support/eventually.ts'
import { createTestDb } from '../support/postgres.ts'
import { type Program, startProgram } from '../support/program.ts'
import { type FaultSink, startFaultSink } from './sink.ts'

/** The long run takes an hour or less and is asked for by `npm run faults`; the short one is part of `npm test`. */
export const long = process.env.FAULTS === 'long'
/** What takes minutes is left out of `npm test`, and named there as skipped. */
export const longTest = test.runIf(long)
export const connections = 10
/** Time between SIGTERM and the end of a worker, at most. */
export const shutdownSeconds = long ? 30 : 6
/** What must hold after every fault. */
export const clean = { lost: 0, extra: 0, changed: 0 }
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** What one join of sink, ledger and audience says. */
export type Figures = {
  audience: number
  accepted: number
  unknown: number
  skipped: number
  failed: number
  /** Said to be accepted, but the sink has not seen it; or left in no final state. */
  lost: number
  /** Copies that the sink took beyond the first, of one Message-ID. */
  extra: number
  /** Message-IDs that came again with other bytes, whether the sink took them or not. */
  changed: number
}

export type Arena = {
  db: Db
  databaseUrl: string
  sink: FaultSink
  edition: number
  worker(env?: Record<string, string>): Program
  /** Starts a command, which has the settings of the workers. */
  command(...args: string[]): Program
  /** Waits until the sink has taken so many mails more. */
  sent(more: number, ms?: number): Promise<void>
  /** Waits until nothing is due, claimed or submitted, and joins. What is deferred is made due meanwhile. */
  settled(ms?: number): Promise<Figures>
  join(): Promise<Figures>
  close(): Promise<void>
}

/** A digest that is due for so many readers, a scripted sink, and workers that can be killed. */
export async function openArena(readers: number, createDb = createTestDb): Promise<Arena> {
  const own = await createDb()
  const sink = await startFaultSink()
  const workers: Program[] = []
  const secret = newSecretKey()
  const now = () => Temporal.Now.instant()
  const edition = await createDigest({ db: own.db, now }, readers, { key: 'fault', body: 'One @@unsubscribe@@' })
  const until = <T>(ask: () => Promise<T | undefined | false>, what: string, ms: number): Promise<T> =>
    eventually(ask, what, ms).catch(async ({ message }: Error) => {
      const said = workers.map((worker) => worker.said().slice(-4000)).join('\n')
      throw new Error(`${message} ${await whatIsOpen(own.db)}\n${said}`)
    })
  const settings = {
    DATABASE_URL: own.url,
    SMTP_URL: sink.url,
    SECRET_KEY: secret,
    SHUTDOWN_SECONDS: String(shutdownSeconds),
    SAMPLES: '0',
    LOG_LEVEL: 'error',
  }
  const arena: Arena = {
    db: own.db,
    databaseUrl: own.url,
    sink,
    edition,
    command(...args) {
      const command = startProgram(args, settings)
      workers.push(command)
      return command
    },
    worker(env = {}) {
      const worker = startProgram(['worker'], { ...settings, SMTP_CONNECTIONS: String(connections), ...env })
      workers.push(worker)
      return worker
    },
    sent: async (more, ms = 180_000) => {
      const enough = sink.taken.length + more
      await until(async () => sink.taken.length >= enough, `${more} mails more`, ms)
    },
    settled: (ms = 180_000) => until(() => finalFigures(arena), 'every delivery to settle', ms),
    join: () => joinAll(arena),
    async close() {
      await Promise.all(workers.map((worker) => worker.end('SIGKILL')))
      await sink.close()
      await own.close()
    },
  }
  return arena
}

/** One line of figures a fault: to the terminal, and to the long run, which sorts them by their files. */
export function report(fault: string, figures: Record<string, number>): void {
  const line = `${fault}: ${Object.entries(figures)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')}`
  console.log(line)
  const reports = process.env.FAULTS_REPORTS
  if (reports) appendFileSync(reports, `${basename(expect.getState().testPath ?? '')}\t${line}\n`)
}

async function finalFigures(arena: Arena): Promise<Figures | undefined> {
  await sql`update send_limits set wait_until = null, allowance = 1000`.execute(arena.db)
  const { numAffectedRows } = await sql`update deliveries set due_at = now() where due_at > now()`.execute(arena.db)
  if (!long && numAffectedRows) await sql`select pg_notify('sitrep_wake', 'deliver')`.execute(arena.db)
  const { rows } = await sql<{ open: number }>`
    select count(*) as open from deliveries where state in ('due', 'claimed', 'submitted', 'deferred')`.execute(
    arena.db,
  )
  return rows[0]!.open === 0 ? joinAll(arena) : undefined
}

/** For whoever looks into a failure. */
async function whatIsOpen(db: Db): Promise<string> {
  const { rows } = await sql`
    select state, claim_id, due_at is null as undated, count(*),
      exists (select 1 from claims c where c.id = d.claim_id) as held
    from deliveries d where state in ('due', 'claimed', 'submitted', 'deferred') group by state, claim_id, undated`.execute(
    db,
  )
  return JSON.stringify(rows)
}

async function joinAll({ db, sink }: Arena): Promise<Figures> {
  const rows = await db.selectFrom('deliveries').select(['state', 'message_id']).execute()
  const copies = new Map<string, number>()
  for (const { messageId } of sink.taken) copies.set(messageId, (copies.get(messageId) ?? 0) + 1)
  const count = (state: string) => rows.filter((row) => row.state === state).length
  const final = ['accepted', 'unknown', 'skipped', 'failed']
  const lost = rows.filter(
    ({ state, message_id }) => !final.includes(state) || (state === 'accepted' && !copies.has(message_id)),
  )
  const bytes = new Map<string, Set<string>>()
  for (const { messageId, bodyHash } of sink.offered)
    bytes.set(messageId, (bytes.get(messageId) ?? new Set()).add(bodyHash))
  const extra = [...copies.values()].reduce((sum, n) => sum + n - 1, 0)
  return {
    audience: rows.length,
    accepted: count('accepted'),
    unknown: count('unknown'),
    skipped: count('skipped'),
    failed: count('failed'),
    lost: lost.length,
    extra,
    changed: [...bytes.values()].filter((hashes) => hashes.size > 1).length,
  }
}
