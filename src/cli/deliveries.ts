import { Command } from 'commander'
import { z } from 'zod'
import { markAccepted } from '../actions/mark-accepted.ts'
import type { App } from '../app.ts'
import { deliveryStates } from '../domain/delivery.ts'
import { UsageError } from '../domain/usage-error.ts'
import { listDeliveries } from '../store/deliveries.ts'
import { findEdition } from '../store/editions.ts'
import { parseArgument } from './parse-argument.ts'
import { printRows } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type Filter = { edition?: string; state?: string; limit: string; json?: boolean }

type Marking = { to?: string; reason: string; dryRun?: boolean }

const stateSchema = z.enum(deliveryStates, `Choose one of ${deliveryStates.join(', ')}.`).optional()
const limitSchema = z.coerce.number('Give a number.').int('Give a whole number.').min(1).max(1_000_000)

/** `sitrep deliveries list`: the ledger, newest first. */
export function deliveriesCommand(withApp: WithApp): Command {
  const deliveries = new Command('deliveries').description('the ledger: who got what')
  deliveries
    .command('list')
    .description('deliveries, newest first')
    .option('--edition <key>', 'of one edition')
    .option('--state <state>', deliveryStates.join(', '))
    .option('--limit <n>', 'at most so many', '1000')
    .option('--json', 'one JSON array')
    .action(({ edition, state, limit, json }: Filter) =>
      onDatabase(withApp, async ({ db }) => {
        if (edition && !(await findEdition(db, edition)))
          throw new UsageError(`There is no edition ${edition}; see \`sitrep editions list\`.`)
        const filter = {
          edition,
          state: parseArgument(stateSchema, state, '--state'),
          limit: parseArgument(limitSchema, limit, '--limit'),
        }
        printRows(await listDeliveries(db, filter), { json, empty: 'No delivery fits.' })
      }),
    )
  deliveries
    .command('mark-accepted')
    .description('say that mails which ended unknown did arrive')
    .argument('<edition>', 'its key or the name of its web copy')
    .option('--to <email>', 'of one reader only')
    .requiredOption('--reason <text>', 'how you know; it stays in the audit log')
    .option('--dry-run', 'only say how many that would be')
    .action((edition: string, options: Marking) => onDatabase(withApp, (app) => mark(app, edition, options)))
  return deliveries
}

async function mark(app: App, edition: string, { to: email, reason, dryRun }: Marking): Promise<void> {
  if (dryRun) {
    const unknown = await listDeliveries(app.db, { edition, state: 'unknown', limit: 1_000_000 })
    const fitting = unknown.filter(({ subscriber }) => !email || subscriber === email)
    return console.log(`${fitting.length} would be marked as accepted.`)
  }
  console.log(`Marked ${await markAccepted(app, { edition, email, actor: 'cli', reason })} as accepted.`)
}
