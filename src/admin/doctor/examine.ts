import { stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { App } from '../../app.ts'
import { tryRelay } from '../../delivery/smtp/connect.ts'
import { ehloNameOf } from '../../delivery/smtp/ehlo-name.ts'
import { warmUpState } from '../../delivery/warm-up-share.ts'
import { countFeeds } from '../../feeds/store/feed-views.ts'
import { clockOf, countAlive } from '../../platform/db/lease.ts'
import { connectionProblem, schemaProblem, schemaState } from '../../platform/db/migrate.ts'
import type { RedisReport } from '../../platform/redis/probe.ts'
import { plural } from '../../platform/text/plural.ts'
import { announcedUrl, publicUrlProblem } from '../public-url.ts'
import { type Check, type CheckResult, failure, ok, warning } from './check.ts'
import { checkBounces } from './check-bounces.ts'
import { checkRedis } from './check-redis.ts'
import { checkSessions } from './check-sessions.ts'
import type { Dns } from './dns.ts'
import { checkDns } from './dns-checks.ts'

/** How the examination reaches what is outside: Redis and the DNS. */
export type Probes = {
  probeRedis(url: string): Promise<RedisReport>
  dns?: Dns
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
    ...inDatabase('sessions', () => checkSessions(app.config)),
    ['queue', () => checkQueue(app, probes)],
    ...inDatabase('workers', () => checkWorkers(app)),
    ['mail', () => checkRelays(app)],
    ...inDatabase('warm-up', () => checkWarmUp(app)),
    ['DNS', () => checkDns(app.config, probes.dns)],
    ...inDatabase('bounces', () => checkBounces(app)),
    ['privacy', async () => checkPrivacy(app)],
    ...inDatabase('links', () => checkLinks(app)),
    ['disk', () => checkDisk(app)],
    ...inDatabase('feeds', () => checkFeeds(app)),
  ]
  const others = (await Promise.all(checks.map(resultsOf))).flat()
  return isUsable ? [...database, ...others] : [...database, leftOut, ...others]
}

const leftOut: Check = {
  what: 'database',
  ...warning(
    'The clock, sessions, workers, warm-up, bounces, links and feeds were not checked, because they need the database.',
  ),
}

async function resultsOf([what, check]: Examination): Promise<Check[]> {
  const results = await check().catch((error: Error) => [failure(connectionProblem(error) ?? error.message)])
  return results.map((result) => ({ what, ...result }))
}

async function checkDatabase(app: App): Promise<CheckResult[]> {
  const problem = schemaProblem(await schemaState(app.db))
  if (problem) return [failure(problem)]
  return [ok('The database answers, and its schema is up to date.')]
}

/** The page on privacy should say who runs this. A missing name is no failure: earlier versions had no such setting. */
function checkPrivacy({ config }: App): CheckResult[] {
  const { production, operatorName, privacyUrl } = config
  if (privacyUrl) return [ok('The page on privacy is your own (PRIVACY_URL).')]
  if (operatorName) return [ok('The page on privacy says who runs this.')]
  const say = 'OPERATOR_NAME is not set, so the page on privacy does not say who runs this.'
  return production ? [warning(`${say} Set it, or PRIVACY_URL.`)] : [ok(`${say} Production should.`)]
}

/** Links in mails must lead to the web server. */
async function checkLinks(app: App): Promise<CheckResult[]> {
  const announced = await announcedUrl(app)
  if (announced === undefined) return []
  const problem = app.config.isPublicUrlSet ? await publicUrlProblem(app) : null
  return [problem ? failure(problem) : ok(`Links in mails lead to the web server, ${announced}.`)]
}

const warnAfterSeconds = 2
const failAfterSeconds = 60

async function checkClock(app: App): Promise<CheckResult[]> {
  const seconds = Math.round(Math.abs((await clockOf(app.db)).since(app.now()).total('seconds')))
  if (seconds <= warnAfterSeconds) return [ok('The clocks of this machine and of the database agree.')]
  const say = `The clocks of this machine and of the database differ by ${seconds} s. Set both by NTP.`
  return [seconds > failAfterSeconds ? failure(say) : warning(say)]
}

async function checkQueue({ config }: App, { probeRedis }: Probes): Promise<CheckResult[]> {
  if (!config.redisUrl) return [ok('The queue is in the database, because REDIS_URL is not set.')]
  const report = await probeRedis(config.redisUrl).catch((error: Error) => error)
  if (report instanceof Error) return [failure(`Redis cannot be used: ${report.message}. Check REDIS_URL.`)]
  return checkRedis(report)
}

async function checkWorkers(app: App): Promise<CheckResult[]> {
  const alive = await countAlive(app.db)
  if (alive) return [ok(`${plural(alive, 'worker is', 'workers are')} running.`)]
  return [warning('No worker is running, so nothing is polled or sent. Run `sitrep start` or `sitrep worker`.')]
}

async function checkRelays({ config }: App): Promise<CheckResult[]> {
  if (!config.smtpUrls.length)
    return [warning('SMTP_URL is not set, so mail stays in the local mailbox. Set SMTP_URL to send mail.')]
  return Promise.all(config.smtpUrls.map((url) => checkRelay(url, ehloNameOf(config.publicUrl))))
}

async function checkRelay(url: string, ehloName: string): Promise<CheckResult> {
  const { host } = new URL(url)
  const problem = await tryRelay(url, ehloName)
  if (problem) return failure(`Sitrep cannot use the relay ${host}: ${problem}. Check SMTP_URL.`)
  return ok(`Sitrep can use the relay ${host}.`)
}

async function checkWarmUp(app: App): Promise<CheckResult[]> {
  const state = await warmUpState(app)
  if (!state) return []
  return [state.waits || state.needsPerson ? warning(state.say) : ok(state.say)]
}

const minFreeMb = 1000

async function checkDisk({ config }: App): Promise<CheckResult[]> {
  const mb = await freeDiskMb(config.dataDir)
  if (mb < minFreeMb) return [warning(`Only ${mb} MB of disk space are left for ${config.dataDir}. Delete some files.`)]
  return [ok(`${Math.round(mb / 1024)} GB of disk space are left.`)]
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
    active
      ? ok(`Sitrep polls ${plural(active, 'feed')}.`)
      : warning('No feed is polled. Add one: `sitrep feeds add URL`.'),
    ...(failing ? [warning(`The last poll of ${plural(failing, 'feed')} failed. See \`sitrep feeds list\`.`)] : []),
    ...(held
      ? [
          warning(
            `${plural(held, 'feed is', 'feeds are')} held. Run \`sitrep feeds accept URL\` or \`sitrep feeds skip URL\`.`,
          ),
        ]
      : []),
    ...(paused
      ? [warning(`${plural(paused, 'feed was', 'feeds were')} not found for 30 days. See \`sitrep feeds list\`.`)]
      : []),
  ]
}
