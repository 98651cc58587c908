import { Command, Option } from 'commander'
import type { App } from '../app.ts'
import { type DeliveryRow, deliveryPages } from '../delivery/store/deliveries.ts'
import { feedNumbers } from '../feeds/store/feed-choices.ts'
import { shownAddress } from '../platform/address.ts'
import { exportSubscribers, recordExport } from '../readers/export-subscribers.ts'
import { csvLine, exportHead, exportLines } from '../readers/rules/import/export-line.ts'
import type { ExportedReader } from '../readers/store/exported-readers.ts'
import { printPages, type Row, rowsOf, write } from './print.ts'
import { rowForPrograms } from './subscriber-row.ts'
import { onDatabase, type WithApp } from './with-app.ts'

type ExportOptions = { format: 'csv' | 'json'; deliveries?: boolean }

const example = `
Example:
  sitrep subscribers export > readers.csv

The format of the file is described in docs/readers.md. \`sitrep subscribers import\` reads the CSV.`

/** `sitrep subscribers export`. */
export function subscribersExportCommand(withApp: WithApp): Command {
  return new Command('export')
    .description('print all readers with their subscriptions and consents; it is recorded in the audit log')
    .addOption(new Option('--format <format>', 'a CSV file or one JSON array').choices(['csv', 'json']).default('csv'))
    .option('--deliveries', 'print who got which mail instead, the newest first')
    .addHelpText('after', example)
    .action((options: ExportOptions) => onDatabase(withApp, (app) => exportAll(app, options)))
}

async function exportAll(app: App, { format, deliveries = false }: ExportOptions): Promise<void> {
  await recordExport(app, 'cli', { format, deliveries })
  if (deliveries) return format === 'csv' ? deliveriesAsCsv(app) : deliveriesAsJson(app)
  return format === 'csv' ? readersAsCsv(app) : readersAsJson(app)
}

async function readersAsCsv(app: App): Promise<void> {
  const feeds = new Map([...(await feedNumbers(app.db, { gone: true }))].map(([url, id]) => [id, url]))
  await write(exportHead)
  for await (const page of exportSubscribers(app)) await write(page.map((one) => exportLines(one, feeds)).join(''))
}

async function readersAsJson(app: App): Promise<void> {
  await printPages(rowsOf(exportSubscribers(app), jsonRow), { json: true, empty: '' })
}

function jsonRow({ consent, suppressed, ...reader }: ExportedReader): Row {
  return { ...rowForPrograms(reader), writtenEmail: reader.written_email, consent, suppressed }
}

const deliveryColumns = {
  email: ({ email }) => shownAddress(email),
  edition: ({ slug }) => slug,
  kind: ({ kind }) => kind,
  subject: ({ subject }) => subject,
  sending: ({ sending }) => sending,
  state: ({ state }) => state,
  reason: ({ reason }) => reason,
  at: ({ at }) => at,
  bounced_at: ({ bounced_at }) => bounced_at,
  bounce: ({ bounce }) => bounce,
  complained_at: ({ complained_at }) => complained_at,
  message_id: ({ message_id }) => message_id,
} as const satisfies Record<string, (row: DeliveryRow) => string | number | null | Temporal.Instant>

const all = { limit: Number.POSITIVE_INFINITY }

async function deliveriesAsCsv({ db }: App): Promise<void> {
  const values = Object.values(deliveryColumns)
  await write(`\ufeff${csvLine(Object.keys(deliveryColumns))}`)
  for await (const page of deliveryPages(db, all)) {
    await write(page.map((row) => csvLine(values.map((value) => value(row)))).join(''))
  }
}

async function deliveriesAsJson({ db }: App): Promise<void> {
  const columns = Object.entries(deliveryColumns)
  const asRow = (row: DeliveryRow): Row => Object.fromEntries(columns.map(([name, value]) => [name, value(row)]))
  await printPages(rowsOf(deliveryPages(db, all), asRow), { json: true, empty: '' })
}
