import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { markAccepted } from '../delivery/mark-accepted.ts'
import { afterAcceptance } from '../delivery/rules/after-acceptance.ts'
import { deliveryStates } from '../delivery/rules/delivery-result.ts'
import { type DeliveryRow, deliveryPages } from '../delivery/store/deliveries.ts'
import { knownEdition } from '../editions/store/editions.ts'
import { addressSchema } from '../platform/address.ts'
import { plural } from '../platform/text/plural.ts'
import { UserError } from '../platform/user-error.ts'
import { limitOption, parseArgument, requireReason } from './arguments.ts'
import { printPages, type Row, rowsOf, sampled } from './print.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type ListOptions = { edition?: string; state?: string; limit: string; json?: boolean }
type MarkOptions = { to?: string; reason: string; dryRun?: boolean }

const stateSchema = z.enum(deliveryStates, `Choose one of ${deliveryStates.join(', ')}.`).optional()

/** `sitrep deliveries list|mark-accepted`. */
export function deliveriesCommand(withApp: WithApp): Command {
  const deliveries = new Command('deliveries').description('list deliveries, and settle unknown ones')
  deliveries
    .command('list')
    .description('list deliveries, newest first')
    .option('--edition <key>', 'only of one edition')
    .option('--state <state>', `only in one state: ${deliveryStates.join(', ')}`)
    .option('--limit <n>', 'at most n deliveries', '1000')
    .option('--json', 'print one JSON array')
    .action((options: ListOptions) => onDatabase(withApp, (app) => list(app, options)))
  deliveries
    .command('mark-accepted')
    .description('mark unknown deliveries of an edition as accepted, because you know that they arrived')
    .argument('<edition>', 'the key of an edition, or the name of its web copy')
    .option('--to <email>', 'only the delivery to one reader')
    .requiredOption('--reason <text>', 'how you know; it is kept in the audit log')
    .option('--dry-run', 'only print how many and whose deliveries these are')
    .action((edition: string, options: MarkOptions) => onDatabase(withApp, (app) => mark(app, edition, options)))
  return deliveries
}

async function list({ db, now }: App, options: ListOptions): Promise<void> {
  const { json } = options
  const state = parseArgument(stateSchema, options.state, '--state')
  const limit = limitOption(options.limit, 1_000_000)
  const edition = options.edition === undefined ? undefined : (await knownEdition(db, options.edition)).id
  const count = await printPages(
    rowsOf(deliveryPages(db, { edition, state, limit }), json ? rowOf : rowForPeople(now())),
    {
      json,
      empty: 'No delivery matches.',
    },
  )
  if (state === 'unknown' && count && !json) console.error(adviceOnUnknown)
}

/** A delivery as the command prints it. Programs read these names in the JSON. */
function rowOf({ key, kind, email, sending, state, reason, attempts, reply, at, ...row }: DeliveryRow): Row {
  const { due_at: dueAt, message_id: messageId } = row
  const { bounced_at: bouncedAt, bounce, complained_at: complainedAt } = row
  const after = { bouncedAt, bounce, complainedAt }
  return {
    edition: key,
    kind,
    subscriber: email,
    sending,
    state,
    reason,
    attempts,
    dueAt,
    messageId,
    reply,
    at,
    ...after,
  }
}

/** The same in a table, where one column tells what was reported after acceptance. */
const rowForPeople =
  (now: Temporal.Instant) =>
  (row: DeliveryRow): Row => {
    const { bouncedAt, bounce, complainedAt, ...facts } = rowOf(row)
    return { ...facts, after: afterAcceptance(row, now) }
  }

async function mark(app: App, edition: string, options: MarkOptions): Promise<void> {
  const email = parseArgument(addressSchema.optional(), options.to, '--to')
  const reason = requireReason(options.reason)
  if (options.dryRun) return planMark(app, edition, email)
  const count = await markAccepted(app, { edition, email, actor: 'cli', reason })
  if (!count) throw new UserError(`No unknown delivery of edition ${edition} matches.`)
  console.log(`Marked ${plural(count, 'delivery', 'deliveries')} as accepted.`)
}

const sampleSize = 5

async function planMark({ db }: App, key: string, email: string | undefined): Promise<void> {
  const { id } = await knownEdition(db, key)
  let count = 0
  const sample: string[] = []
  for await (const page of deliveryPages(db, {
    edition: id,
    state: 'unknown',
    email,
    limit: Number.POSITIVE_INFINITY,
  })) {
    count += page.length
    sample.push(...page.slice(0, sampleSize - sample.length).map((row) => row.email))
  }
  console.log(`${plural(count, 'delivery', 'deliveries')} would be marked as accepted${sampled(count, sample)}.`)
}

/** Printed after a list of unknown deliveries, for people. */
const adviceOnUnknown = `It is not known whether these mails arrived. Look for their Message-IDs in the log of the relay, then use
  sitrep deliveries mark-accepted EDITION [--to EMAIL] --reason TEXT   for those that arrived
  sitrep resend EDITION --unknown --reason TEXT                        for the others, with a new Message-ID`
