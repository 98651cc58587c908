import { Command } from 'commander'
import { z } from 'zod'
import type { App } from '../app.ts'
import { addressSchema } from '../platform/address.ts'
import { formatInstant } from '../platform/text/format-instant.ts'
import { plural } from '../platform/text/plural.ts'
import { UserError } from '../platform/user-error.ts'
import {
  type ExplainedDate,
  eventRow,
  explainDate,
  type ReaderRecord,
  readerRecord,
  zoneOfReader,
} from '../readers/reader-record.ts'
import { placeSchema, placeText } from '../readers/rules/timeline-place.ts'
import { timelineWords } from '../readers/rules/timeline-words.ts'
import { fateOfAddress } from '../readers/store/erased-addresses.ts'
import { findSubscriberByEmail, type Subscriber, shownEmail } from '../readers/store/subscribers.ts'
import { type TimelineEvent, type TimelinePlace, timelineOf } from '../readers/store/timeline.ts'
import { limitOption, parseArgument } from './arguments.ts'
import { rowForPrograms, subscriptionText } from './subscriber-row.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type ShowOptions = { date?: string; limit: string; before?: string; json?: boolean }

const example = `
Examples:
  sitrep subscribers show anna@example.org
  sitrep subscribers show anna@example.org --date 2026-11-24    why she got what she got on that day
  sitrep subscribers show anna@example.org --limit 1000 --json`

/** `sitrep subscribers show EMAIL`. */
export function showCommand(withApp: WithApp): Command {
  return new Command('show')
    .description('show everything about one reader: state, subscriptions, and what happened, newest first')
    .argument('<email>')
    .option('--date <date>', 'only one date: what the reader got, and why a digest did not come')
    .option('--limit <n>', 'at most n events', '50')
    .option('--before <place>', 'only events before a date, or the next page: the place at the end of the page before')
    .option('--json', 'print one JSON object')
    .addHelpText('after', example)
    .action((email: string, options: ShowOptions) => onDatabase(withApp, (app) => show(app, email, options)))
}

const dateSchema = z.iso.date('Give the date as YYYY-MM-DD, such as 2026-11-24.')

async function show(app: App, email: string, options: ShowOptions): Promise<void> {
  const address = parseArgument(addressSchema, email, 'EMAIL')
  const limit = limitOption(options.limit, 10_000)
  const before = parseArgument(placeSchema.optional(), options.before, '--before')
  const date = parseArgument(dateSchema.optional(), options.date, '--date')
  const reader = await findSubscriberByEmail(app.db, address)
  if (!reader) throw new UserError(`No reader has the address ${email}${await whyNone(app, address)}.`)
  if (date !== undefined) return showDate(await explainDate(app, reader, Temporal.PlainDate.from(date)), options.json)
  const record = await readerRecord(app.db, reader)
  const { events, next } = await pageOf(app, reader, { before, limit })
  const zone = zoneOfReader(record.subscriptions)
  if (options.json)
    return console.log(
      JSON.stringify({ ...recordRow(reader, record), timeline: events.map((one) => eventRow(one, zone)), next }),
    )
  const more = next ? [`More: sitrep subscribers show ${email} --before ${next}`] : []
  console.log([...recordLines(app, reader, record), '', ...linesOf(events, zone), ...more].join('\n'))
}

/** What became of the reader of an address. Nobody is told the new address of a reader who moved. */
async function whyNone({ db, config }: App, address: string): Promise<string> {
  const fate = await fateOfAddress(db, config.secretKeys, address)
  return fate ? fates[fate] : ''
}

const fates = {
  erased: ': its reader was erased',
  moved: ': its reader moved to another address',
  either: ': its reader was erased, or moved to another address',
}

async function pageOf(
  { db }: App,
  { id }: Subscriber,
  { before, limit }: { before: TimelinePlace | undefined; limit: number },
): Promise<{ events: TimelineEvent[]; next: string | null }> {
  const found = await timelineOf(db, id, { before, limit: limit + 1 })
  const events = found.slice(0, limit)
  const last = events.at(-1)
  return { events, next: last && found.length > limit ? placeText(last) : null }
}

function showDate({ date, zone, reasons, events }: ExplainedDate, json = false): void {
  const rows = events.map((one) => eventRow(one, zone))
  const lines = [...reasons, '', ...linesOf(events, zone)].join('\n').trimEnd()
  console.log(json ? JSON.stringify({ date, zone, reasons, timeline: rows }) : lines)
}

function recordRow(reader: Subscriber, { subscriptions, muted, suppression, waiting }: ReaderRecord) {
  const { reason, words, at } = suppression ?? {}
  return {
    ...rowForPrograms({ ...reader, subscriptions }),
    suppression: suppression && { reason, words, at },
    muted,
    waiting: waiting.map(({ reason: why, due_at: dueAt, takeaways }) => ({ reason: why, dueAt, takeaways })),
  }
}

function recordLines({ now }: App, reader: Subscriber, record: ReaderRecord): string[] {
  const { subscriptions, muted, suppression, waiting } = record
  const zone = zoneOfReader(subscriptions)
  const time = (at: Temporal.Instant) => formatInstant(at, zone)
  const { id, state, paused_until: paused } = reader
  const isPaused = paused !== null && Temporal.Instant.compare(paused, now()) > 0
  return [
    `${shownEmail(reader)}: ${state}, reader ${id}. Times are those of ${zone}.`,
    ...subscriptions.map((one) => `Subscription ${one.id}: ${subscriptionText(one)}`),
    ...(subscriptions.length ? [] : ['No subscription.']),
    ...(isPaused ? [`All mail is paused until ${time(paused)}.`] : []),
    ...(suppression
      ? [`Suppressed since ${time(suppression.at)}: ${suppression.reason}. ${suppression.words}`.trimEnd()]
      : []),
    ...muted.map(({ headline, at }) => `Muted since ${time(at)}: “${headline}”`),
    ...waiting.map(
      (one) => `${plural(one.takeaways, 'takeaway')} of alerts until ${time(one.due_at)}: ${waitWords[one.reason]}.`,
    ),
  ]
}

const waitWords: Record<ReaderRecord['waiting'][number]['reason'], string> = {
  quiet: 'quiet hours',
  budget: 'the alerts of the day are used up',
  pause: 'the story was alerted less than an hour ago, or a digest is being composed',
  changed: 'the reader changed the choice that made them wait',
}

const linesOf = (events: TimelineEvent[], zone: string): string[] =>
  events.map(({ at, facts }) =>
    `${formatInstant(at, zone)}  ${timelineWords(facts, zone)}`.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' '),
  )
