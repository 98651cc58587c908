import { stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { App } from '../../app.ts'
import { tryRelay } from '../../delivery/smtp/connect.ts'
import { countBounces } from '../../delivery/store/bounces.ts'
import { warmUpState } from '../../delivery/warm-up-share.ts'
import { countFeeds } from '../../feeds/store/feed-views.ts'
import { connectionProblem } from '../../platform/db/connection-problem.ts'
import { clockOf, countAlive } from '../../platform/db/lease.ts'
import { pendingMigrations } from '../../platform/db/migrate.ts'
import { plural } from '../../platform/text/plural.ts'
import { type Check, type CheckResult, failure, ok, warning } from './check.ts'
import { checkDns, type ResolveTxt } from './dns-checks.ts'

/** How the examination reaches what is outside: Redis (null when it does not tell its settings) and the DNS. */
export type Probes = {
  probeRedis(url: string): Promise<{ appendonly: string; maxmemoryPolicy: string } | null>
  resolveTxt?: ResolveTxt
}

type Examination = [what: string, check: () => Promise<CheckResult[]>]

/**
 * Checks the whole installation. It changes nothing and sends no mail. A check that throws is a failure. A database that
 * cannot be used is a failure too, and then the checks that read it are left out.
 */
export async function examine(app: App, probes: Probes): Promise<Check[]> {
  const database = await resultsOf(['database', () => checkDatabase(app)])
  const isUsable = database.every(({ kind }) => kind === 'ok')
  const inDatabase = (...examination: Examination): Examination[] => (isUsable ? [examination] : [])
  const checks: Examination[] = [
    ...inDatabase('clock', () => checkClock(app)),
    ['queue', () => checkQueue(app, probes)],
    ...inDatabase('workers', () => checkWorkers(app)),
    ['mail', () => checkRelays(app)],
    ...inDatabase('warm-up', () => checkWarmUp(app)),
    ['DNS', () => checkDns(app.config, probes.resolveTxt)],
    ...inDatabase('bounces', () => checkBounces(app)),
    ['disk', () => checkDisk(app)],
    ...inDatabase('feeds', () => checkFeeds(app)),
  ]
  const others = (await Promise.all(checks.map(resultsOf))).flat()
  return isUsable ? [...database, ...others] : [...database, leftOut, ...others]
}

const leftOut: Check = {
  what: 'database',
  ...warning('The clock, workers, warm-up, bounces and feeds were not checked, because they need the database.'),
}

async function resultsOf([what, check]: Examination): Promise<Check[]> {
  const results = await check().catch((error: Error) => [failure(connectionProblem(error) ?? error.message)])
  return results.map((result) => ({ what, ...result }))
}

async function checkDatabase(app: App): Promise<CheckResult[]> {
  const pending = await pendingMigrations(app.db)
  if (pending.length) return [failure(`${plural(pending.length, 'migration')} missing; run \`sitrep migrate\``)]
  return [ok('answers, and its schema is up to date')]
}

const warnAfterSeconds = 2
const failAfterSeconds = 60

async function checkClock(app: App): Promise<CheckResult[]> {
  const seconds = Math.round(Math.abs((await clockOf(app.db)).since(app.now()).total('seconds')))
  if (seconds <= warnAfterSeconds) return [ok('this machine and the database agree')]
  const say = `this machine and the database differ by ${seconds} s; set both clocks by NTP`
  return [seconds > failAfterSeconds ? failure(say) : warning(say)]
}

async function checkQueue({ config }: App, { probeRedis }: Probes): Promise<CheckResult[]> {
  if (!config.redisUrl) return [ok('is in the database (REDIS_URL is not set)')]
  const settings = await probeRedis(config.redisUrl).catch((error: Error) => error)
  if (settings instanceof Error) return [failure(`Redis: ${settings.message}; check REDIS_URL`)]
  if (!settings) {
    const say = 'its settings could not be read; it needs appendonly yes and maxmemory-policy noeviction'
    return [ok('Redis answers'), warning(`Redis does not allow CONFIG GET: ${say}`)]
  }
  const { appendonly, maxmemoryPolicy } = settings
  const wrong = [
    ...(appendonly === 'yes' ? [] : [`appendonly is ${appendonly}; set it to yes, or a crash loses the queue`]),
    ...(maxmemoryPolicy === 'noeviction'
      ? []
      : [`maxmemory-policy is ${maxmemoryPolicy}; set it to noeviction, or Redis deletes jobs when memory is short`]),
  ]
  return wrong.length ? wrong.map((say) => warning(`Redis: ${say}`)) : [ok('Redis answers, and its settings are right')]
}

async function checkWorkers(app: App): Promise<CheckResult[]> {
  const alive = await countAlive(app.db)
  if (alive) return [ok(`${alive} alive`)]
  return [warning('none is alive: nothing is polled or sent; run `sitrep start` or `sitrep worker`')]
}

async function checkRelays({ config }: App): Promise<CheckResult[]> {
  if (!config.smtpUrls.length) return [warning('SMTP_URL is not set: mail stays in the local mailbox')]
  return Promise.all(config.smtpUrls.map((url) => checkRelay(url, new URL(config.publicUrl).hostname)))
}

async function checkRelay(url: string, ehloName: string): Promise<CheckResult> {
  const { host } = new URL(url)
  const problem = await tryRelay(url, ehloName)
  return problem ? failure(`the relay ${host}: ${problem}; check SMTP_URL`) : ok(`the relay ${host} can be used`)
}

async function checkWarmUp(app: App): Promise<CheckResult[]> {
  const state = await warmUpState(app)
  if (!state) return []
  return [state.waits || state.needsPerson ? warning(state.say) : ok(state.say)]
}

const countBouncesFor = Temporal.Duration.from({ hours: 24 * 30 })

async function checkBounces(app: App): Promise<CheckResult[]> {
  const { bounceDomain, hooks } = app.config
  if (!bounceDomain && !Object.keys(hooks).length)
    return [warning('bounces and complaints are not reported to Sitrep; see docs/bounces.md')]
  const counts = await countBounces(app.db, app.now().subtract(countBouncesFor))
  return [ok(`in 30 days: ${counts.map(({ source, kind, n }) => `${n} ${kind} by ${source}`).join(', ') || 'none'}`)]
}

const minFreeMb = 1000

async function checkDisk({ config }: App): Promise<CheckResult[]> {
  const mb = await freeDiskMb(config.dataDir)
  if (mb < minFreeMb) return [warning(`${mb} MB free in ${config.dataDir}; free some space`)]
  return [ok(`${Math.round(mb / 1024)} GB free`)]
}

/** Free megabytes on the disk of a folder; of a folder that does not exist yet, on the disk of its parent. */
async function freeDiskMb(folder: string): Promise<number> {
  const path = resolve(folder)
  const exists = await stat(path).catch(() => null)
  if (!exists && path !== dirname(path)) return freeDiskMb(dirname(path))
  const { bavail, bsize } = await statfs(path)
  return Math.round((bavail * bsize) / 2 ** 20)
}

async function checkFeeds(app: App): Promise<CheckResult[]> {
  const { active, failing, held, paused } = await countFeeds(app.db)
  return [
    active ? ok(`${active} polled`) : warning('none; add one with `sitrep feeds add URL`'),
    ...(failing ? [warning(`${failing} failing; see \`sitrep feeds list\``)] : []),
    ...(held ? [warning(`${held} held; decide with \`sitrep feeds accept|skip URL\``)] : []),
    ...(paused ? [warning(`${paused} paused after 30 days of 404; see \`sitrep feeds list\``)] : []),
  ]
}
