import { Command } from 'commander'
import { prepareDatabase } from '../admin/prepare-database.ts'
import type { Samples } from '../admin/samples/load-samples.ts'
import { inviteAdmin } from '../admin/sign-in.ts'
import type { App } from '../app.ts'
import { acceptedByKind } from '../delivery/store/accepted-by-kind.ts'
import type { Job } from '../worker/job.ts'
import { planRun } from '../worker/plan-run.ts'
import { runPlanLines } from './plan-lines.ts'
import { onDatabase, type WithApp } from './with-app.ts'

/** What this process is to be: pages, a worker, or both. */
export type Roles = { web: boolean; worker: boolean }

/** What runs; `stop` ends it in the reverse order, within 30 s whatever is out of order. */
export type Serving = { port?: number | undefined; samples: Samples; stop(): Promise<void> }

/** Loads what only these commands need (queue, pages), so that no other command waits for it. */
export type LoadServe = () => Promise<{
  serve(app: App, roles: Roles, jobs: Job[]): Promise<Serving>
  openSamples(app: App, stops: (() => Promise<unknown>)[]): Promise<Samples>
}>

/** `start`, `web` and `worker`: they run until they are told to stop. */
export function servingCommands(withApp: WithApp, jobs: Job[], load: LoadServe): Command[] {
  const verb = (name: string, description: string, roles: Roles) =>
    new Command(name).description(description).action(() => withApp((app) => run(app, roles, jobs, load)))
  return [
    verb('start', 'run everything in this process: pages, worker and, where none is set, the database', both),
    verb('web', 'run the pages alone', { web: true, worker: false }),
    verb('worker', 'run one worker; start as many as you like', { web: false, worker: true }),
  ]
}

/** `run --once`: all that is due, then the end. */
export function runCommand(withApp: WithApp, jobs: Job[], load: LoadServe): Command {
  return new Command('run')
    .description('do all work that is due and end: for cron and for trying things out')
    .requiredOption('--once', 'the only way to run without staying')
    .option('--dry-run', 'only say what is due and who would get it')
    .action(({ dryRun }: { dryRun?: boolean | undefined }) =>
      dryRun ? onDatabase(withApp, tellPlan) : withApp((app) => runAllOnce(app, jobs, load)),
    )
}

async function tellPlan(app: App): Promise<void> {
  console.log(runPlanLines(await planRun(app)).join('\n'))
}

const both: Roles = { web: true, worker: true }
const hardStopMs = 28_500

async function run(app: App, roles: Roles, jobs: Job[], load: LoadServe): Promise<void> {
  const stopped = untilSignal()
  stopped.then(() => setTimeout(() => process.exit(1), hardStopMs).unref()) // also when the start itself hangs
  const { serve } = await load()
  const serving = await serve(app, roles, jobs)
  await tell(app, roles, serving)
  await stopped
  console.error('Stopping; what is begun is brought to its end first.')
  await serving.stop()
}

async function runAllOnce(app: App, jobs: Job[], load: LoadServe): Promise<void> {
  const [{ openSamples }, { runOnce }] = await Promise.all([load(), import('../worker/run-jobs.ts')])
  const stops: (() => Promise<unknown>)[] = []
  const stopping = new AbortController()
  untilSignal().then(() => stopping.abort())
  await prepareDatabase(app)
  if (app.config.samples) await openSamples(app, stops)
  await runOnce(app, jobs, stopping.signal).finally(() => Promise.allSettled(stops.map((stop) => stop())))
}

const sameWishMs = 1_000

/** The first signal asks, one that comes later insists. A terminal or a launcher may give the same one twice at once. */
function untilSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let first: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      first ??= performance.now()
      resolve()
      if (performance.now() - first > sameWishMs) process.exit(130)
    })
  }
  return promise
}

/** What the person at the terminal wants to know: where to look, how to sign in, whether mail went out. */
async function tell(app: App, roles: Roles, { port, samples }: Serving): Promise<void> {
  for (const note of app.notes) console.log(note)
  if (!roles.web) return console.log('Sitrep works. Ctrl-C stops it.')
  const { production, publicUrl, smtpUrl, adminEmail } = app.config
  console.log(`Sitrep runs at ${publicUrl}/${publicUrl.endsWith(`:${port}`) ? '' : ` (port ${port})`}`)
  if (production) return
  if (!smtpUrl) console.log(`  mailbox        ${publicUrl}/mailbox  (every mail, instead of sending it)`)
  console.log(`  admin sign-in  ${await inviteAdmin(app, adminEmail, 'sitrep start')}`)
  console.log('Ctrl-C stops it.')
  if (samples === 'loaded') tellOfSamples(app)
}

/** Says once that the sample readers have their mail. */
function tellOfSamples(app: App): void {
  const timer = setInterval(async () => {
    const {
      welcome = 0,
      daily = 0,
      alert = 0,
    } = await acceptedByKind(app.db).catch(() => ({}) as Record<string, number>)
    if (welcome < 3 || alert < 1) return
    clearInterval(timer)
    console.log(
      `The sample readers have their mail: ${welcome + daily} digests and ${alert === 1 ? 'an alert' : `${alert} alerts`}.`,
    )
  }, 500)
  timer.unref()
}
