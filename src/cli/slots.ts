import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { reopenSlot } from '../editions/reopen-slot.ts'
import { listSlots } from '../editions/store/slots.ts'
import { formatDue } from '../platform/text/format-instant.ts'
import { parseArgument, requireReason } from './arguments.ts'
import { printRows } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

const maxListed = 500
const idSchema = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** `sitrep slots list|reopen`. */
export function slotsCommand(withApp: WithApp): Command {
  const slots = new Command('slots').description('list the slots of digests, and open one again')
  slots
    .command('list')
    .description(`list the last ${maxListed} slots, those ahead too, the last one first`)
    .option('--json', 'print one JSON array')
    .action(({ json }: { json?: boolean }) => onDatabase(withApp, (app) => list(app, json)))
  slots
    .command('reopen')
    .description('open a slot again that a wrong clock recorded as missed or composed')
    .argument('<slot>', 'the number of the slot, from `sitrep slots list`')
    .requiredOption('--reason <text>', 'why; it is kept in the audit log')
    .action((slot: string, { reason }: { reason: string }) => onDatabase(withApp, (app) => reopen(app, slot, reason)))
  return slots
}

async function list(app: App, json?: boolean): Promise<void> {
  const slots = await listSlots(app.db, maxListed)
  const rows = slots.map(
    ({ id, cadence, civil_date: date, local_time: time, zone, due_at: due, state, mailed, runs }) => {
      return { slot: id, cadence, date, time, zone, due, state, mailed, reopened: runs }
    },
  )
  printRows(rows, { json, empty: 'No digest was due yet.' })
}

async function reopen(app: App, id: string, reason: string): Promise<void> {
  const slot = parseArgument(idSchema, id, 'SLOT')
  const { due_at: due } = await reopenSlot(app, { slot, actor: 'cli', reason: requireReason(reason) })
  console.log(`The slot ${slot} is open again. Its digests are composed: ${formatDue(due, app.now())}.`)
}
