import { Command, InvalidArgumentError } from 'commander'
import type { App } from '../app.ts'
import { formatUtc } from '../platform/text/format-instant.ts'
import { plural } from '../platform/text/plural.ts'
import { openImportFile } from '../readers/import-file.ts'
import {
  type ImportedLine,
  type ImportListener,
  type ImportRequest,
  type ImportSummary,
  importSubscribers,
  type LineOutcome,
  lineOutcomes,
} from '../readers/import-subscribers.ts'
import { type ImportField, parseColumns } from '../readers/rules/import/columns.ts'
import { write } from './print.ts'
import { showProgress } from './progress.ts'
import { onDatabaseToLink, type WithApp } from './with-app.ts'

/** Values for empty cells, by the names that fields have in the file. */
type Defaults = Partial<Record<ImportField, string>>
type ImportOptions = Defaults & {
  column: string[]
  encoding?: string
  confirmRate: number
  dryRun?: boolean
  json?: boolean
}

const example = `
Example, for a file with the headers Adresse, consent_source and consent_date:
  sitrep subscribers import readers.csv --column email=Adresse --topics displacement --cadence daily --zone Europe/Kyiv --dry-run

The format of the file is described in docs/readers.md.`

/** `sitrep subscribers import FILE`. */
export function subscribersImportCommand(withApp: WithApp): Command {
  return new Command('import')
    .description('take readers from a CSV file; those without a recorded consent get a confirmation mail')
    .argument('<file>', 'a CSV file whose first line names the columns')
    .option('--column <field=header>', 'the header of a field; can be given several times', collected, [])
    .option('--topics <slugs>', 'topics where the file names none, separated by commas')
    .option('--cadence <cadence>', 'alert, daily or weekly, where the file names none')
    .option('--at <time>', 'when a digest is sent, where the file does not say')
    .option('--zone <zone>', 'the time zone, where the file names none')
    .option('--weekday <n>', 'the day of a weekly digest, where the file names none')
    .option('--places <names>', 'only what tells of these places, where the file names none')
    .option('--languages <codes>', 'only feeds in these languages, where the file names none')
    .option('--consent-source <text>', 'where the readers agreed, such as "list at the door"')
    .option('--consent-date <date>', 'when they agreed, such as 2026-11-03')
    .option('--confirm-rate <n>', 'so many confirmation mails an hour leave at most', wholeNumber, 1000)
    .option('--encoding <name>', 'such as windows-1251, where it is not UTF-8, UTF-16 or windows-1252')
    .option('--dry-run', 'only say what would be taken')
    .option('--json', 'print one JSON object, with each line that is not taken')
    .addHelpText('after', example)
    .action((file: string, options: ImportOptions) =>
      onDatabaseToLink(withApp, (app) => importFile(app, file, options)),
    )
}

const collected = (value: string, before: string[]): string[] => [...before, value]

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Give a number from 1 to 9999999.')
  return Number(text)
}

async function importFile(app: App, path: string, options: ImportOptions): Promise<void> {
  const { column, encoding, confirmRate, dryRun = false, json = false, ...defaults } = options
  const columns = parseColumns(column)
  const file = await openImportFile(path, encoding)
  const request = { columns, defaults, confirmRate, dryRun, actor: 'cli' }
  const listener = json ? asJson() : inLines()
  const summary = await importSubscribers(app, file, request, { ...listener, onProgress: createProgress() })
  await listener.end(summary, request)
}

/** Draws a bar on a terminal. Elsewhere it says a line every 10,000 lines. */
function createProgress(): ImportListener['onProgress'] {
  let told = 0
  return (share, lines) => {
    showProgress(Math.round(share * 100), 100)
    if (process.stderr.isTTY || share === 1 || lines < told + 10_000) return
    told = lines
    console.error(`${lines} lines are done (${Math.round(share * 100)} %).`)
  }
}

type Output = Pick<ImportListener, 'onRefused'> & { end(summary: ImportSummary, request: ImportRequest): Promise<void> }

/** For programs: one object, written while the import goes on. */
function asJson(): Output {
  let count = 0
  return {
    async onRefused(lines) {
      const texts = lines.map((line, n) => `${count + n ? ',\n' : '{"notTaken":[\n'}${JSON.stringify(line)}`)
      count += lines.length
      await write(texts.join(''))
    },
    async end(summary, { dryRun }) {
      const rest = JSON.stringify({ ...summary, dryRun }).slice(1)
      await write(`${count ? '' : '{"notTaken":['}],\n${rest}\n`)
    },
  }
}

/** For people: each line that is not taken, without those of known readers, who may be all of them. */
function inLines(): Output {
  return {
    async onRefused(lines) {
      await write(
        lines
          .filter(({ outcome }) => outcome !== 'known')
          .map(lineText)
          .join(''),
      )
    },
    async end(summary, request) {
      await write(`${summaryText(summary, request).join('\n')}\n`)
    },
  }
}

const lineText = ({ line, outcome, reason }: ImportedLine): string =>
  `Line ${line} (${outcome}): ${reason.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')}\n`

const words: Record<LineOutcome, string> = {
  active: 'active at once, by the consent that the file records',
  pending: 'must confirm by the mail that asks for it',
  known: 'readers here already, not changed',
  duplicate: 'repeat an earlier line, not taken',
  gone: 'unsubscribed here, not taken',
  inactive: 'unsubscribed according to the file, not taken',
  suppressed: 'suppressed, not taken',
  erased: 'erased, not taken',
  bad: 'cannot be taken as they are',
}

function summaryText(summary: ImportSummary, { dryRun, confirmRate }: ImportRequest): string[] {
  const { lines, outcomes, encoding, ignoredColumns, resumedAfter, confirmationsUntil } = summary
  const goesOn = dryRun ? 'An import would go on' : 'The import went on'
  return [
    ...(resumedAfter ? [`${goesOn} after line ${resumedAfter}. The sums are of the whole file.`] : []),
    `${plural(lines, 'line')} read as ${encoding}, without the header.`,
    dryRun
      ? 'Nothing was stored, and no mail is sent. An import would do this with the lines:'
      : 'What became of the lines:',
    ...lineOutcomes.map((outcome) => `${String(outcomes[outcome]).padStart(8)}  ${words[outcome]}`),
    ...(confirmationsUntil
      ? [`Confirmation mails leave until ${formatUtc(confirmationsUntil)}, at most ${confirmRate} an hour.`]
      : []),
    ...smtpUtf8Words(summary),
    ...(outcomes.known > 0 ? ['The lines of readers who are here already are listed with --json.'] : []),
    ...(ignoredColumns.length > 0 ? [`Columns that were not used: ${ignoredColumns.join(', ')}.`] : []),
  ]
}

/** Which addresses get mail only through a relay that takes them. */
function smtpUtf8Words({ smtpUtf8: { addresses, lines } }: ImportSummary): string[] {
  if (addresses === 0) return []
  const some = `${lines.join(', ')}${addresses > lines.length ? ' and others' : ''}`
  return [
    `${plural(addresses, 'address has', 'addresses have')} letters outside ASCII before the @ (${lines.length > 1 ? 'lines' : 'line'} ${some}).`,
    'Their mail fails if the relay does not offer SMTPUTF8.',
  ]
}
