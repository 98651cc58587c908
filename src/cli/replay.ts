import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { replay } from '../admin/replay/replay.ts'
import type { ReplayedMail } from '../admin/replay/replayed-mail.ts'
import { parseReports } from '../admin/replay/report-line.ts'
import type { App } from '../app.ts'
import { UserError } from '../platform/user-error.ts'
import { type Choice, choiceSchema } from '../readers/rules/subscription.ts'
import { textOf } from './arguments.ts'
import { printRows, write } from './print.ts'
import type { WithApp } from './with-app.ts'

type Options = { reports: string; reader: string; json?: boolean; mails?: string }

/** `sitrep replay`: what a reader would have got from reports of the past. */
export function replayCommand(withApp: WithApp): Command {
  return new Command('replay')
    .description('show which mails a reader would have got from a file of reports; nothing is fetched, sent or kept')
    .requiredOption(
      '--reports <file>',
      'JSON Lines {id, feed, published, title?, url?, html | markdown | text, revises?}',
    )
    .requiredOption(
      '--reader <json>',
      'such as {"topics":["displacement"],"cadence":"daily","at":"07:00","zone":"Europe/Kyiv"}',
    )
    .option('--json', 'print one JSON line for each mail')
    .option('--mails <folder>', 'also write the HTML and the text of each mail into this folder')
    .action((options: Options) => withApp((app) => run(app, options)))
}

async function run(app: App, { reports: file, reader, json, mails: folder }: Options): Promise<void> {
  const reports = parseReports(await textOf(file))
  const mails = await replay(app, { reports, reader: readerOf(reader) })
  if (folder) await saveMails(mails, folder)
  if (!json) return printRows(mails.map(rowOf), { empty: 'The reader would have got no mail.' })
  for (const { html: _html, text: _text, ...mail } of mails) await write(`${JSON.stringify(mail)}\n`)
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
