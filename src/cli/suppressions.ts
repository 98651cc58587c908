import { Command } from 'commander'
import type { App } from '../app.ts'
import { addressSchema } from '../platform/address.ts'
import { liftSuppression } from '../readers/lift-suppression.ts'
import { liftedWords } from '../readers/rules/lifted-words.ts'
import { listSuppressions, type Suppression } from '../readers/store/suppressions.ts'
import { parseArgument, requireReason } from './arguments.ts'
import { printPages, type Row } from './print.ts'
import { onDatabase, onDatabaseToLink, type WithApp } from './with-app.ts'

type LiftOptions = { reason: string; restore?: boolean; dryRun?: boolean }

/** `sitrep suppressions list|lift`. */
export function suppressionsCommand(withApp: WithApp): Command {
  const suppressions = new Command('suppressions').description('list and lift the suppressions of addresses')
  suppressions
    .command('list')
    .description('list the addresses that are never mailed, the last one first')
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) => onDatabase(withApp, (app) => list(app, json)))
  suppressions
    .command('lift')
    .description('mail an address again; a reader who complained is asked by mail first')
    .argument('<email>')
    .requiredOption('--reason <text>', 'why; it is kept in the audit log')
    .option('--restore', 'restore the subscriptions that a complaint ended, because the reader asked for it')
    .option('--dry-run', 'only print what would happen')
    .action((email: string, options: LiftOptions) => onDatabaseToLink(withApp, (app) => lift(app, email, options)))
  return suppressions
}

async function list({ db }: App, json?: boolean): Promise<void> {
  await printPages(rowsOf(db), { json, empty: 'No address is suppressed.' })
}

const pageSize = 1000

async function* rowsOf(db: App['db']): AsyncGenerator<Row[]> {
  for (let offset = 0; ; offset += pageSize) {
    const page = await listSuppressions(db, { limit: pageSize, offset })
    if (page.length) yield page.map(rowOf)
    if (page.length < pageSize) return
  }
}

const rowOf = ({ email, reason, at, words }: Suppression): Row => ({ subscriber: email, reason, at, words })

async function lift(app: App, email: string, { reason, restore, dryRun }: LiftOptions): Promise<void> {
  const address = parseArgument(addressSchema, email, 'EMAIL')
  const request = { email: address, actor: 'cli', reason: requireReason(reason), restore, dryRun }
  const { kind } = await liftSuppression(app, request)
  console.log(liftedWords(kind, dryRun))
}
