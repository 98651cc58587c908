import { Command } from 'commander'
import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { keptSince } from '../platform/kept-since.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { plural } from '../platform/text/plural.ts'
import { keep, planKeeping } from '../worker/keep.ts'
import { dryRunNote } from './dry-run-note.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Options = { dryRun?: boolean; json?: boolean }

/** `sitrep keep`: drops the rows whose lifetime has ended, as the job of that name does each day. */
export function keepCommand(withApp: WithApp): Command {
  return new Command('keep')
    .description('drop the rows whose lifetime has ended; workers do so each day while no mail is due')
    .option('--dry-run', 'only print how many rows would go')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example)
    .action((options: Options) => onDatabase(withApp, (app) => act(app, options)))
}

async function act(app: App, { dryRun, json }: Options): Promise<void> {
  const { deliveries: since, mailbox: mailboxSince } = keptSince(app)
  const rows = dryRun ? await planKeeping(app) : await dropNow(app)
  const { deliveries, windows, mailbox } = rows
  if (json) return console.log(JSON.stringify({ since: dateAt(since), deliveries, windows, mailbox, dryRun: !!dryRun }))
  const what = [plural(deliveries, 'delivery', 'deliveries'), plural(windows, 'window'), plural(mailbox, 'mail')]
  console.log(`${dryRun ? 'Would drop' : 'Dropped'} ${what[0]} and ${what[1]} from before ${dateAt(since)}.`)
  console.log(
    `${dryRun ? 'Would drop' : 'Dropped'} ${what[2]} of the local mailbox from before ${dateAt(mailboxSince)}.`,
  )
  if (dryRun) console.log(dryRunNote('dropped'))
}

async function dropNow(app: App) {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  const dropped = await keep(app, stopping.signal, { atOnce: true })
  const detail = { ...dropped }
  await app.db
    .transaction()
    .execute((tx) => recordAudit(app, tx, { actor: 'cli', action: 'drop outlived rows', subject: 'database', detail }))
  return dropped
}

const example = `
Example:
  sitrep keep --dry-run

The lifetimes are the settings KEEP_DELIVERIES and KEEP_MAILBOX. Sums of deliveries stay.`
