import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { freePort } from '../test/support/free-port.ts'
import { type Program, startProgram } from '../test/support/program.ts'
import { type BenchLedger, openLedger } from './sending/ledger.ts'
import { quantile } from './support/quantile.ts'

export const name = 'signup'

const perSecond = 200
const seconds = 30
const networks = 6_000
const domains = 300
/** So many readers get a digest in the meantime. */
const digest = Number(process.env.BENCH_READERS ?? 100_000)

/**
 * Sign-ups through the form, at a steady rate whether answers come or not, from as many networks, while a worker sends a digest. The web
 * server, the worker, the mail server and the database are processes of their own. Times are in milliseconds from the moment when
 * a sign-up was due; `errors` are answers that are not the page for a mail. `over_limit` counts addresses with more than one mail.
 */
export async function run(): Promise<Record<string, number>> {
  const ledger = await openLedger(digest)
  const sink = spawn(process.execPath, [join(import.meta.dirname, 'signup/sink.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(sink.stdout, 'data')
  const port = await freePort()
  const programs: Program[] = []
  try {
    const env = settings(ledger, Number(String(line)), port)
    programs.push(startProgram(['web'], env))
    await programs[0]?.says(/http:\/\/localhost/)
    await ledger.createDeliveries(digest)
    const before = await accepted(ledger)
    programs.push(startProgram(['worker'], env))
    while ((await accepted(ledger)) === before) await delay(100)
    const { times, errors } = await signUps(port)
    const sent = await accepted(ledger)
    return {
      p50_ms: quantile(times, 0.5),
      p95_ms: quantile(times, 0.95),
      p99_ms: quantile(times, 0.99),
      errors,
      sign_ups: times.length,
      digest_mails_sent: sent - before,
      digest_readers: digest,
      ...(await confirmations(ledger)),
    }
  } finally {
    await Promise.all(programs.map((program) => program.end('SIGTERM')))
    sink.kill()
    await ledger.close()
  }
}

const settings = (ledger: BenchLedger, sinkPort: number, port: number): Record<string, string> => ({
  DATABASE_URL: ledger.url,
  SMTP_URL: `smtp://127.0.0.1:${sinkPort}`,
  SECRET_KEY: 'a key of the benchmark, 0123456789',
  PORT: String(port),
  TRUST_PROXY: '1',
  SAMPLES: '0',
  LOG_LEVEL: 'error',
})

async function accepted({ db }: BenchLedger): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from deliveries where state = 'accepted'`.execute(db)
  return rows[0]?.n ?? 0
}

async function confirmations({ db }: BenchLedger): Promise<Record<string, number>> {
  const { rows } = await sql<{ mailed: number; queued: number; over_limit: number }>`
    with mails as (
      select p.email from deliveries d join editions e on e.id = d.edition_id join subscribers p on p.id = d.subscriber_id
      where e.kind = 'confirmation'),
    all_mails as (select email from mails union all select email from queued_requests)
    select (select count(*) from mails) as mailed, (select count(*) from queued_requests) as queued,
      (select count(*) from (select 1 from all_mails group by email having count(*) > 1) twice) as over_limit`.execute(
    db,
  )
  return { ...rows[0] }
}

async function signUps(port: number): Promise<{ times: number[]; errors: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 500 })
  const begun = performance.now()
  const pending: Promise<{ ms: number; isGood: boolean }>[] = []
  for (let n = 0; n < perSecond * seconds; n++) {
    const due = begun + (n * 1000) / perSecond
    while (performance.now() < due) await delay(Math.max(1, due - performance.now()))
    pending.push(signUp(agent, port, n).then((isGood) => ({ ms: performance.now() - due, isGood })))
  }
  const answers = await Promise.all(pending)
  agent.destroy()
  return { times: answers.map(({ ms }) => ms), errors: answers.filter(({ isGood }) => !isGood).length }
}

async function signUp(agent: Agent, port: number, n: number): Promise<boolean> {
  const network = n % networks
  const email = `new${n}@domain${n % domains}.example`
  const body = new URLSearchParams({
    email,
    topics: 'displacement',
    cadence: 'daily',
    at: '07:00',
    zone: 'UTC',
    website: '',
  })
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
    'x-forwarded-for': `10.${network >> 8}.${network & 255}.7`,
  }
  const done = Promise.withResolvers<boolean>()
  const sent = request({ port, host: '127.0.0.1', path: '/subscribe', method: 'POST', agent, headers }, (answer) => {
    let said = ''
    answer.setEncoding('utf8').on('data', (chunk) => {
      said += chunk
    })
    answer.on('end', () => done.resolve(answer.statusCode === 200 && said.includes('Check your mail')))
    answer.on('error', () => done.resolve(false))
  })
  sent.on('error', () => done.resolve(false))
  sent.end(body.toString())
  return done.promise
}
