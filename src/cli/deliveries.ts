import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { markAccepted } from '../delivery/mark-accepted.ts'
import { deliveryStates } from '../delivery/rules/delivery-result.ts'
import { type DeliveryRow, listDeliveries } from '../delivery/store/deliveries.ts'
import { knownEdition } from '../editions/store/editions.ts'
import { addressSchema } from '../platform/address.ts'
import { UserError } from '../platform/user-error.ts'
import { parseArgument } from './parse-argument.ts'
import { printRows, type Row } from './print.ts'
import { sampled } from './sampled.ts'
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
      onDatabase(withApp, async (app) => {
        const filter = {
          edition: edition === undefined ? undefined : (await knownEdition(app.db, edition)).id,
          state: parseArgument(stateSchema, state, '--state'),
          limit: parseArgument(limitSchema, limit, '--limit'),
          order: 'changed' as const,
        }
        const rows = await listDeliveries(app.db, filter)
        printRows(rows.map(ledgerRow), { json, empty: 'No delivery fits.' })
        if (filter.state === 'unknown' && rows.length && !json) console.error(adviceOnUnknown)
      }),
    )
  deliveries
    .command('mark-accepted')
    .description('say that mails which ended unknown did arrive')
    .argument('<edition>', 'its key or the name of its web copy')
    .option('--to <email>', 'of one reader only')
    .requiredOption('--reason <text>', 'how you know; it stays in the audit log')
    .option('--dry-run', 'only say how many and whose that would be')
    .action((edition: string, options: Marking) => onDatabase(withApp, (app) => mark(app, edition, options)))
  return deliveries
}

/** A delivery as the command prints it; its JSON is for programs. */
function ledgerRow({ key, email, due_at, message_id, ...row }: DeliveryRow): Row {
  return {
    edition: key,
    kind: row.kind,
    subscriber: email,
    sending: row.sending,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    dueAt: due_at,
    messageId: message_id,
    reply: row.reply,
    at: row.at,
  }
}

async function mark(app: App, edition: string, { to, reason, dryRun }: Marking): Promise<void> {
  const email = parseArgument(addressSchema.optional(), to, '--to')
  if (!reason.trim()) throw new UserError('--reason: say how you know; it stays in the audit log.')
  if (dryRun) {
    const { id } = await knownEdition(app.db, edition)
    const filter = { edition: id, state: 'unknown', email, order: 'changed', limit: 1_000_000 } as const
    const readers = (await listDeliveries(app.db, filter)).map((row) => row.email)
    const { length } = readers
    return console.log(`${length} would be marked as accepted${sampled(length, readers.slice(0, sampleSize))}.`)
  }
  const count = await markAccepted(app, { edition, email, actor: 'cli', reason })
  if (!count) throw new UserError(`No unknown delivery of edition ${edition} fits.`)
  console.log(`Marked ${count} as accepted.`)
}

const sampleSize = 5

/** What one can do about them stands beside the list, for people. */
const adviceOnUnknown = `Nobody can know whether these arrived. Look for their Message-IDs in the log of the mail server, then
  sitrep deliveries mark-accepted EDITION [--to EMAIL] --reason TEXT   those that arrived
  sitrep resend EDITION --unknown --reason TEXT                        the others, with a new Message-ID`
