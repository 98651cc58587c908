import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { z } from 'zod'
import { type Replay, replay } from '../admin/replay/replay.ts'
import type { ReplayedMail } from '../admin/replay/replayed-mail.ts'
import { parseReports } from '../admin/replay/report-line.ts'
import { storedReports } from '../admin/store/stored-reports.ts'
import type { App } from '../app.ts'
import { UserError } from '../platform/user-error.ts'
import { type Choice, choiceSchema } from '../readers/rules/subscription.ts'
import { currentRules } from '../reading/store/topics.ts'
import { textOf } from './arguments.ts'
import { printRows, write } from './print.ts'
import type { WithApp } from './with-app.ts'

type Options = {
  reports?: string
  stored?: boolean
  from?: string
  to?: string
  reader: string
  json?: boolean
  mails?: string
}

/** `sitrep replay`: what a reader would have got from reports of the past. */
export function replayCommand(withApp: WithApp): Command {
  return new Command('replay')
    .description('show which mails a reader would have got from reports; nothing is fetched, sent or kept')
    .option('--reports <file>', 'JSON Lines {id, feed, published, title?, url?, html | markdown | text, revises?}')
    .option('--stored', 'play the reports that are stored, with the topics and feeds as they are now')
    .option('--from <date>', 'with --stored: from this date or time on; 7 days back if not given')
    .option('--to <date>', 'with --stored: up to this date or time; now if not given')
    .requiredOption(
      '--reader <json>',
      'such as {"topics":["displacement"],"cadence":"daily","at":"07:00","zone":"Europe/Kyiv"}',
    )
    .option('--json', 'print one JSON line for each mail')
    .option('--mails <folder>', 'also write the HTML and the text of each mail into this folder')
    .action((options: Options) => withApp((app) => run(app, options)))
}

async function run(app: App, { reader, json, mails: folder, ...options }: Options): Promise<void> {
  const mails = await replay(app, await played(app, readerOf(reader), options))
  if (folder) await saveMails(mails, folder)
  if (!json) return printRows(mails.map(rowOf), { empty: 'The reader would have got no mail.' })
  for (const { html: _html, text: _text, ...mail } of mails) await write(`${JSON.stringify(mail)}\n`)
}

/** What is played: a file of reports, or what is stored. The reader's feeds are those that are stored. */
async function played(
  app: App,
  reader: Choice,
  { reports: file, stored, from, to }: Omit<Options, 'reader'>,
): Promise<Replay> {
  if ((file !== undefined) === (stored === true)) throw new UserError('Give either --reports FILE or --stored.')
  if (file !== undefined && (from ?? to) !== undefined)
    throw new UserError('--from and --to need --stored: a file is played whole.')
  if (file !== undefined) return { reports: parseReports(await textOf(file)), reader }
  const span = { from: from ? instantOf(from, '--from') : app.now().subtract({ hours: 7 * 24 }) }
  const reports = await storedReports(app.db, {
    ...span,
    to: to ? instantOf(to, '--to') : app.now(),
    feeds: reader.feeds,
  })
  return { reports, reader: { ...reader, feeds: [] }, rules: await currentRules(app.db) }
}

/** A date, at its midnight in UTC, or an instant. */
function instantOf(text: string, option: string): Temporal.Instant {
  const date = z.iso.date().safeParse(text)
  const instant = z.iso.datetime({ offset: true }).safeParse(date.success ? `${text}T00:00:00Z` : text)
  if (!instant.success)
    throw new UserError(`${option}: give a date such as 2026-11-23, or a time such as 2026-11-23T07:00:00Z.`)
  return Temporal.Instant.from(instant.data)
}

const rowOf = ({ at, kind, subject, stories, words }: ReplayedMail) => ({
  at,
  kind,
  stories: stories.length,
  words,
  subject,
})

function readerOf(json: string): Choice {
  const parsed = choiceSchema.safeParse(jsonOf(json))
  if (parsed.success) return parsed.data
  throw new UserError(`--reader: ${parsed.error.issues[0]?.message}`)
}

function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new UserError('--reader is not JSON.')
  }
}

async function saveMails(mails: ReplayedMail[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [i, { at, kind, html, text }] of mails.entries()) {
    const name = join(folder, `${String(i + 1).padStart(3, '0')}-${at.slice(0, 16).replaceAll(':', '')}-${kind}`)
    await writeFile(`${name}.html`, html)
    await writeFile(`${name}.txt`, text)
  }
}
