import { Command } from 'commander'
import { prepareToServe } from '../admin/prepare-database.ts'
import { requireServersUrl, takeServersUrl } from '../admin/public-url.ts'
import type { Samples } from '../admin/samples/load-samples.ts'
import { inviteFirstAdmin } from '../admin/sign-in.ts'
import type { App } from '../app.ts'
import { acceptedByKind } from '../delivery/store/delivery-counts.ts'
import { isLoopbackName } from '../platform/loopback.ts'
import { shutdownLimits } from '../platform/shutdown-limits.ts'
import { plural } from '../platform/text/plural.ts'
import type { Job } from '../worker/job.ts'
import { planRun, type RunPlan } from '../worker/plan-run.ts'
import { sampled } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** What this process runs: the web server, a worker, or both. */
export type Roles = { web: boolean; worker: boolean }

/** The running roles. `stop` ends all of them within SHUTDOWN_SECONDS, even when something does not answer. */
export type Serving = { port?: number | undefined; samples: Samples; stop(): Promise<void> }

/** Loads what only these commands need (queue and pages), so that the other commands start faster. */
export type LoadServe = () => Promise<{
  serve(app: App, roles: Roles, jobs: Job[]): Promise<Serving>
  openSamples(app: App, stops: (() => Promise<unknown>)[]): Promise<Samples>
}>

/** `sitrep start`, `sitrep web` and `sitrep worker`: they run until a signal stops them. */
export function servingCommands(withApp: WithApp, jobs: Job[], load: LoadServe): Command[] {
  const command = (name: string, description: string, roles: Roles) =>
    new Command(name).description(description).action(() => withApp((app) => run(app, roles, jobs, load)))
  return [
    command('start', 'run the web server, a worker and, without DATABASE_URL, a database in one process', {
      web: true,
      worker: true,
    }),
    command('web', 'run the web server', { web: true, worker: false }),
    command('worker', 'run a worker; any number of workers can run', { web: false, worker: true }),
  ]
}

/** `sitrep run --once`: does all work that is due, then exits. */
export function runCommand(withApp: WithApp, jobs: Job[], load: LoadServe): Command {
  return new Command('run')
    .description('do all work that is due, then exit: for cron and for trying things out')
    .requiredOption('--once', 'run once; to keep running, use `sitrep start` or `sitrep worker`')
    .option('--dry-run', 'only print what is due and who would get mail')
    .action(({ dryRun }: { dryRun?: boolean | undefined }) =>
      dryRun
        ? onDatabase(withApp, async (app) => console.log(planLines(await planRun(app)).join('\n')))
        : withApp((app) => runAllOnce(app, jobs, load)),
    )
}

async function run(app: App, roles: Roles, jobs: Job[], load: LoadServe): Promise<void> {
  const { exitMs } = shutdownLimits(app.config.shutdownSeconds)
  const stopped = untilSignal()
  stopped.then(() => setTimeout(() => process.exit(1), exitMs).unref()) // also when the start itself does not end
  const { serve } = await load()
  const serving = await serve(app, roles, jobs)
  await announce(app, roles, serving)
  await stopped
  console.error('Shutting down: finishing work in progress.')
  await serving.stop()
}

async function runAllOnce(app: App, jobs: Job[], load: LoadServe): Promise<void> {
  const [{ openSamples }, { runOnce }] = await Promise.all([load(), import('../worker/run-jobs.ts')])
  const stops: (() => Promise<unknown>)[] = []
  const stopping = new AbortController()
  untilSignal().then(() => stopping.abort())
  await prepareToServe(app)
  await takeServersUrl(app)
  await requireServersUrl(app)
  if (app.config.samples) await openSamples(app, stops)
  await runOnce(app, jobs, stopping.signal).finally(() => Promise.allSettled(stops.map((stop) => stop())))
}

const repeatedSignalMs = 1_000

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP (a closed terminal). A later signal exits at once. One within a second does not: a terminal and the
 * launcher may both deliver the same Ctrl-C.
 */
function untilSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let first: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      first ??= performance.now()
      resolve()
      if (performance.now() - first > repeatedSignalMs) process.exit(130)
    })
  }
  return promise
}

/** Prints where the pages are, how to sign in, and how to stop. */
async function announce(app: App, roles: Roles, { port, samples }: Serving): Promise<void> {
  for (const note of app.notes) console.log(note)
  if (!roles.web) return console.log('Sitrep runs a worker. Ctrl-C stops Sitrep.')
  const { production, publicUrl, smtpUrl, adminEmail } = app.config
  console.log(`Sitrep runs at ${publicUrl}/${publicUrl.endsWith(`:${port}`) ? '' : ` (port ${port})`}`)
  if (production) return
  if (!smtpUrl) console.log(`  mailbox        ${mailboxWords(publicUrl)}`)
  const link = await inviteFirstAdmin(app, adminEmail, 'sitrep start')
  console.log(`  admin sign-in  ${link ?? `${adminEmail} is no admin: \`sitrep admins invite EMAIL\` adds one`}`)
  console.log('Ctrl-C stops Sitrep.')
  if (samples === 'loaded') announceSampleMails(app)
}

/** Where all mail stays: the pages show it only to this machine. */
function mailboxWords(publicUrl: string): string {
  if (isLoopbackName(new URL(publicUrl).hostname)) return `${publicUrl}/mailbox  (all mail stays here)`
  return 'closed; set PUBLIC_URL to an address of this machine to read mails, or SMTP_URL to send them'
}

/** Prints one line when the sample readers have got their first mails. */
function announceSampleMails(app: App): void {
  const timer = setInterval(async () => {
    const counts: Record<string, number> = await acceptedByKind(app.db).catch(() => ({}))
    const { welcome = 0, daily = 0, alert = 0 } = counts
    if (welcome < 3 || alert < 1) return
    clearInterval(timer)
    console.log(`Sitrep sent ${plural(welcome + daily, 'digest')} and ${plural(alert, 'alert')} to the sample readers.`)
  }, 500)
  timer.unref()
}

function planLines({ due, feeds, newSubscriptions, digests }: RunPlan): string[] {
  const mails = due.reduce((sum, { count }) => sum + count, 0)
  const composed = `${plural(digests, 'slot')} and of ${plural(newSubscriptions, 'new subscription')}`
  return [
    `${plural(mails, 'mail')} would be sent now.`,
    ...due.map(({ kind, count, sample }) => `  ${kind} ${count}${sampled(count, sample)}`),
    `First, Sitrep would poll ${plural(feeds, 'feed')} and compose the digests of ${composed}.`,
    'These mails would be sent too.',
  ]
}
