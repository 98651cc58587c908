import type { App } from '../../app.ts'
import { tryRelay } from '../../delivery/smtp/connect.ts'
import { countBounces } from '../../delivery/store/bounces.ts'
import { warmUpState } from '../../delivery/warm-up-state.ts'
import { countFeeds } from '../../feeds/store/feed-views.ts'
import { bareAddress } from '../../platform/address.ts'
import { clockOf, countAlive } from '../../platform/db/lease.ts'
import { pendingMigrations } from '../../platform/db/migrate.ts'
import { lookUpMailRecords } from './mail-records.ts'
import { freeDiskMb, pingRedis } from './probes.ts'

/** One line of the examination; `say` names the finding and, where it is not well, what to do. */
export type Check = { what: string; kind: 'ok' | 'warning' | 'failure'; say: string }

/** Examines the whole installation and changes nothing; no mail is sent. */
export async function examine(app: App): Promise<Check[]> {
  const checks: [string, () => Promise<Omit<Check, 'what'>[]>][] = [
    ['database', () => database(app)],
    ['clock', () => clock(app)],
    ['queue', () => queue(app)],
    ['workers', () => workers(app)],
    ['mail', () => relay(app)],
    ['warm-up', () => warmUp(app)],
    ['DNS', () => mailRecords(app)],
    ['bounces', () => bounces(app)],
    ['disk', () => disk(app)],
    ['feeds', () => feeds(app)],
  ]
  const found = await Promise.all(
    checks.map(([what, check]) =>
      check().then(
        (lines) => lines.map((line) => ({ what, ...line })),
        (error: Error) => [{ what, ...failure(error.message) }],
      ),
    ),
  )
  return found.flat()
}

const ok = (say: string) => ({ kind: 'ok', say }) as const
const warning = (say: string) => ({ kind: 'warning', say }) as const
const failure = (say: string) => ({ kind: 'failure', say }) as const

async function database(app: App) {
  const pending = await pendingMigrations(app.db)
  if (pending.length) return [failure(`the schema is behind by ${pending.length}; run \`sitrep migrate\``)]
  return [
    ok(app.config.databaseUrl ? 'answers, and its schema is up to date' : 'embedded, and its schema is up to date'),
  ]
}

async function clock(app: App) {
  const apart = Math.round(Math.abs((await clockOf(app.db)).since(app.now()).total('seconds')))
  if (apart <= 2) return [ok('this machine and the database agree')]
  const say = `this machine and the database are ${apart} s apart; let both keep time by NTP`
  return [apart > 60 ? failure(say) : warning(say)]
}

async function queue(app: App) {
  const { redisUrl } = app.config
  if (!redisUrl) return [ok('lives in the database (REDIS_URL is not set)')]
  const problem = await pingRedis(redisUrl)
  return [problem ? failure(`Redis: ${problem}; see REDIS_URL`) : ok('Redis answers')]
}

async function workers(app: App) {
  const alive = await countAlive(app.db)
  return [
    alive
      ? ok(`${alive} alive`)
      : warning('none is alive: nothing is polled or sent; run `sitrep start` or `sitrep worker`'),
  ]
}

async function relay(app: App) {
  const { smtpUrl } = app.config
  if (!smtpUrl) return [warning('SMTP_URL is not set: mail stays in the local mailbox')]
  const problem = await tryRelay(smtpUrl, new URL(app.config.publicUrl).hostname)
  return [problem ? failure(`the relay says: ${problem}; see SMTP_URL`) : ok('the relay lets us in (nothing was sent)')]
}

async function warmUp(app: App) {
  const state = await warmUpState(app)
  if (!state) return []
  return [state.waits || state.needsPerson ? warning(state.say) : ok(state.say)]
}

async function mailRecords(app: App) {
  const domain = bareAddress(app.config.mailFrom).split('@')[1] ?? ''
  if (/(?:^|\.)(?:localhost|invalid|local|test|example)$/.test(domain))
    return [warning(`MAIL_FROM is at ${domain}, which receivers do not accept`)]
  const records = await lookUpMailRecords(domain)
  if (!records) return [warning('no resolver answers; SPF and DMARC could not be looked up')]
  return [
    records.spf ? ok(`${domain} has SPF`) : warning(`${domain} has no SPF record; publish one that names your relay`),
    records.dmarc ? ok(`${domain} has DMARC`) : warning(`${domain} has no DMARC record; publish _dmarc.${domain}`),
    warning('DKIM is signed under a selector that only your relay knows: look at the headers of a mail that arrived'),
  ]
}

const bouncesFor = Temporal.Duration.from({ hours: 24 * 30 })

async function bounces(app: App) {
  const { bounceDomain, hooks } = app.config
  const counts = await countBounces(app.db, app.now().subtract(bouncesFor))
  const told = counts.map(({ source, kind, n }) => `${n} ${kind} by ${source}`).join(', ') || 'none'
  if (bounceDomain || hooks.sesTopics.length || hooks.postmark || hooks.mailgunKey) return [ok(`in 30 days: ${told}`)]
  return [warning('nothing tells us of bounces and complaints; see docs/bounces.md')]
}

const fewestMb = 1000

async function disk(app: App) {
  const mb = await freeDiskMb(app.config.dataDir)
  return [
    mb < fewestMb
      ? warning(`${mb} MB are free in ${app.config.dataDir}; make room`)
      : ok(`${Math.round(mb / 1024)} GB free`),
  ]
}

async function feeds(app: App) {
  const { active, failing, held, paused } = await countFeeds(app.db)
  const lines = [active ? ok(`${active} polled`) : warning('none; add one with `sitrep feeds add URL`')]
  const see = 'see `sitrep feeds list`'
  return [
    ...lines,
    ...(failing ? [warning(`${failing} failing; ${see}`)] : []),
    ...(held ? [warning(`${held} held; decide with \`sitrep feeds accept|skip URL\``)] : []),
    ...(paused ? [warning(`${paused} paused after 30 days of 404; ${see}`)] : []),
  ]
}
