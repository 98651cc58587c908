import { createHash, hash } from 'node:crypto'
import type { App } from '../app.ts'
import { feedNumbers } from '../feeds/store/feed-choices.ts'
import { addressKey, needsSmtpUtf8 } from '../platform/address.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { inDryRun, type Tx } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { topicNames } from '../reading/store/topics.ts'
import type { ImportFile } from './import-file.ts'
import { type ImportField, layoutOf } from './rules/import/columns.ts'
import { type CsvRecord, createRecordReader, linesOf } from './rules/import/csv-records.ts'
import { createRowReader, type ImportRow, type RefusedRow, type RowReading } from './rules/import/read-row.ts'
import { choiceKey } from './rules/same-choice.ts'
import { beginImport, type Import, lockImport, saveImport, unfinishedImport } from './store/imports.ts'
import { type BatchOutcome, type ConfirmationMails, takeBatch } from './take-import-batch.ts'

/** What was asked for beside the file. `columns` are headers by their fields; `defaults` stand for empty cells. */
export type ImportRequest = {
  columns: Map<ImportField, string>
  defaults: RowReading['defaults']
  /** So many confirmation mails an hour. */
  confirmRate: number
  dryRun: boolean
  actor: string
}

/** What became of a line; only `active` and `pending` were taken. `duplicate`: an earlier line has the same address and choice. */
export const lineOutcomes = [
  'active',
  'pending',
  'known',
  'duplicate',
  'gone',
  'inactive',
  'suppressed',
  'erased',
  'bad',
] as const
export type LineOutcome = (typeof lineOutcomes)[number]
export type ImportedLine = { line: number; outcome: LineOutcome; reason: string }

/**
 * What an import found. `lines` are those with content, without the head; `resumedAfter` is the line at which it was interrupted.
 * `smtpUtf8` are addresses that need a relay with SMTPUTF8 (RFC 6531): how many, and the first lines that have them.
 */
export type ImportSummary = {
  lines: number
  outcomes: Record<LineOutcome, number>
  encoding: string
  delimiter: string
  ignoredColumns: string[]
  smtpUtf8: { addresses: number; lines: number[] }
  resumedAfter: number | null
  /** By when all confirmation mails are due at the rate; null when there is none, and for a dry run. */
  confirmationsUntil: Temporal.Instant | null
}

/** Hears of each line that was not taken, and of the share of the file, from 0 to 1, that is done. */
export type ImportListener = {
  onRefused(refused: ImportedLine[]): Promise<void>
  onProgress(share: number, lines: number): void
}

/** So many lines at a time die young: what a batch of a thousand holds stays in memory until a full collection. */
const batchSize = 250
/** So many lines with an address that needs SMTPUTF8 are named. */
const maxNamed = 20
const hourMs = 3_600_000

/**
 * Takes readers from a file, 250 lines in one transaction. An import that was interrupted goes on where it was, when the same
 * file comes with the same request. With `dryRun` nothing is stored.
 * @throws UserError when the file is not laid out as a list of readers, or another process imports it
 */
export async function importSubscribers(
  app: App,
  file: ImportFile,
  request: ImportRequest,
  listener: ImportListener,
): Promise<ImportSummary> {
  const layout = layoutOf(file.beginning, request.columns)
  const { defaults, dryRun } = request
  requireFields(layout.columns, defaults)
  const topics = await topicNames(app.db)
  const named = topics.flatMap(({ slug, name }) => [[slug, slug] as const, [name.toLowerCase(), slug] as const])
  const reading = { columns: layout.columns, defaults, topics: new Map(named), now: app.now() }
  const readRow = createRowReader({ ...reading, feeds: await feedNumbers(app.db) })
  const begun = await begin(app, file, request)
  const run = createRun(app, begun, request, listener)
  const records = createRecordReader(layout.delimiter, layout.linesBefore)
  let [line, share] = [0, 0]
  const take = async (found: CsvRecord[]) => {
    for (const record of found) {
      if (await run.take(readRow(record))) listener.onProgress(share, run.lines())
    }
  }
  for await (const lines of linesOf(file.text((bytes) => (share = bytes / file.bytes)))) {
    const after = Math.max(0, layout.linesBefore - line)
    line += lines.length
    await take(records.push(lines.slice(after)))
  }
  await take(records.end())
  const { counts, next_confirmation_at: next } = await run.finish()
  listener.onProgress(1, run.lines())
  return {
    lines: run.lines(),
    outcomes: Object.fromEntries(lineOutcomes.map((one) => [one, counts[one] ?? 0])) as Record<LineOutcome, number>,
    encoding: file.encoding,
    delimiter: layout.delimiter,
    ignoredColumns: layout.ignored,
    smtpUtf8: run.smtpUtf8,
    resumedAfter: begun.line || null,
    confirmationsUntil: counts.pending && !dryRun ? next : null,
  }
}

/** A choice needs its topics and its cadence, from the file or from the request. */
function requireFields(columns: Partial<Record<ImportField, number>>, defaults: RowReading['defaults']): void {
  for (const field of ['topics', 'cadence'] as const) {
    if (columns[field] === undefined && !defaults[field])
      throw new UserError(
        `The file has no column ${field}. Give --${field}, or name the column by --column ${field}=HEADER.`,
      )
  }
}

/** An import of before that was interrupted, or a new one; for a dry run one that is not stored. */
async function begin(app: App, file: ImportFile, request: ImportRequest): Promise<Import> {
  const now = app.now()
  const asked = JSON.stringify([[...request.columns], request.defaults, file.encoding])
  const fingerprint = createHash('sha256').update(`${file.hash}\n${asked}`).digest('base64url')
  const unfinished = await unfinishedImport(app.db, fingerprint)
  if (unfinished) return unfinished
  if (request.dryRun) {
    const blank = { id: 0, line: 0, counts: {}, next_confirmation_at: now, begun_at: now, finished_at: null }
    return { ...blank, fingerprint, file: file.name }
  }
  return app.db.transaction().execute(async (tx) => {
    const begun = await beginImport(tx, { fingerprint, file: file.name, now })
    await audit(app, tx, request.actor, 'begin import of subscribers', begun, { sha256: file.hash })
    return begun
  })
}

/** The name of the file stands in the reason, from which addresses are removed. */
async function audit(
  app: App,
  tx: Tx,
  actor: string,
  action: string,
  { id, file }: Import,
  detail: object,
): Promise<void> {
  await recordAudit(app, tx, { actor, action, subject: `import:${id}`, reason: `From ${file}.`, detail })
}

type Run = {
  /** Takes the next line; true when lines were saved. */
  take(row: ImportRow | RefusedRow): Promise<boolean>
  finish(): Promise<Import>
  lines(): number
  smtpUtf8: ImportSummary['smtpUtf8']
}

/** Collects lines to batches. What is known of lines that were saved before is not counted again. */
function createRun(app: App, begun: Import, request: ImportRequest, listener: ImportListener): Run {
  const seen = new Set<string>()
  const smtpUtf8: ImportSummary['smtpUtf8'] = { addresses: 0, lines: [] }
  const mails: ConfirmationMails = new Map()
  let saved = begun
  let batch: ImportRow[] = []
  let refused: ImportedLine[] = []
  let last = begun.line
  let lines = sumOf(begun.counts)

  async function save(finished: boolean): Promise<void> {
    const rows = batch
    const rejected = refused
    if (request.dryRun) mails.clear() // their editions are rolled back
    const act = (tx: Tx) => saveBatch(app, tx, { saved, rows, refused: rejected, last, finished, mails }, request)
    const outcome = await (request.dryRun ? inDryRun(app.db, act) : app.db.transaction().execute(act))
    saved = outcome.saved
    ;[batch, refused] = [[], []]
    await listener.onRefused(outcome.refused)
  }

  return {
    lines: () => lines,
    smtpUtf8,
    async take(row) {
      const isNew = row.line > begun.line
      const duplicate = 'outcome' in row ? false : isRepeated(seen, row)
      if (!('outcome' in row || duplicate)) noteAddress(smtpUtf8, row)
      if (!isNew) return false
      last = row.line
      lines += 1
      if ('outcome' in row) refused.push(row)
      else if (duplicate) refused.push({ line: row.line, outcome: 'duplicate', reason: reasons.duplicate })
      else batch.push(row)
      if (batch.length + refused.length < batchSize) return false
      await save(false)
      return true
    },
    async finish() {
      await save(true)
      return saved
    },
  }
}

function noteAddress(smtpUtf8: ImportSummary['smtpUtf8'], { email, line }: ImportRow): void {
  if (!needsSmtpUtf8(email)) return
  smtpUtf8.addresses += 1
  if (smtpUtf8.lines.length < maxNamed) smtpUtf8.lines.push(line)
}

type Batch = {
  saved: Import
  rows: ImportRow[]
  refused: ImportedLine[]
  last: number
  finished: boolean
  mails: ConfirmationMails
}

/** Takes the lines of a batch and saves how far the import is, in one transaction. */
async function saveBatch(
  app: App,
  tx: Tx,
  { saved, rows, refused, last, finished, mails }: Batch,
  { confirmRate, dryRun, actor }: ImportRequest,
): Promise<{ saved: Import; refused: ImportedLine[] }> {
  const isNew = saved.id === 0
  const own = isNew
    ? await beginImport(tx, { fingerprint: saved.fingerprint, file: saved.file, now: app.now() })
    : await lockImport(tx, saved)
  if (!own) throw new UserError('Another process imports this file. Wait for its end, or stop it.')
  const confirmFrom = saved.next_confirmation_at
  const context = {
    importId: own.id,
    file: saved.file,
    begunAt: saved.begun_at,
    confirmFrom,
    everyMs: hourMs / confirmRate,
    mails,
  }
  const { outcomes, nextConfirmation } = await takeBatch(app, tx, rows, context)
  const found = [...rows.map(({ line }, n) => inWords(line, outcomes[n] ?? 'known')), ...refused]
  const counts = { ...saved.counts }
  for (const { outcome } of found) counts[outcome] = (counts[outcome] ?? 0) + 1
  const now = finished ? app.now() : null
  const next = { ...saved, line: last, counts, next_confirmation_at: nextConfirmation, finished_at: now }
  const notTaken = found.filter(({ reason }) => reason !== '').sort((one, other) => one.line - other.line)
  if (dryRun) return { saved: { ...next, line: saved.line }, refused: notTaken }
  await saveImport(tx, next)
  if (finished) await audit(app, tx, actor, 'import subscribers', next, { counts })
  return { saved: next, refused: notTaken }
}

const inWords = (line: number, outcome: BatchOutcome): ImportedLine => ({
  line,
  outcome: outcome === 'full' ? 'bad' : outcome,
  reason: reasons[outcome],
})

/** Why a line is not taken, in words; empty for those that are taken. */
const reasons = {
  active: '',
  pending: '',
  known: 'this address is known, and nothing was changed.',
  duplicate: 'an earlier line has the same address and the same choice.',
  gone: 'this reader unsubscribed here and can only sign up again.',
  suppressed: 'this address is suppressed: no mail is ever sent to it.',
  erased: 'this reader was erased and can only sign up again.',
  full: 'this reader has as many subscriptions as a reader can have.',
} as const

/** Whether an earlier line has the same address and choice. A line costs about 100 bytes. */
function isRepeated(seen: Set<string>, { email, choice }: ImportRow): boolean {
  const digest = hash('sha256', `${addressKey(email)}\n${choiceKey(choice)}`, 'base64url')
  const mark = digest.slice(0, 12) // a longer part would keep the whole digest in memory
  if (seen.has(mark)) return true
  seen.add(mark)
  return false
}

const sumOf = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, n) => sum + n, 0)
