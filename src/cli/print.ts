import { once } from 'node:events'
import { withoutControls } from '../platform/text/storable.ts'
import { requireReader } from './closed-outputs.ts'

/**
 * Text as a terminal may get it. Control characters of a stranger would move its cursor, set its title or change what was
 * written before; line breaks and tabs stay. Characters that change the direction of text would show a line in another order.
 */
const terminalText = (text: string): string => withoutControls(text).replace(/[\r\v\f]+/g, ' ')

/** Lets everything that commands write with `console` pass through `terminalText`. Call it once, when the program starts. */
export function guardConsole(target: Pick<Console, 'log' | 'error'> = console): void {
  for (const name of ['log', 'error'] as const) {
    const print = target[name].bind(target)
    target[name] = (...values: unknown[]) =>
      print(...values.map((value) => (typeof value === 'string' ? terminalText(value) : value)))
  }
}

/** One row of a listing. A table shows instants as ISO 8601 and joins lists with commas. */
export type Row = Record<string, unknown>

/** `json`: one JSON array for programs instead of a table. `empty`: what people read on stderr when there is no row. */
type Listing = { json?: boolean | undefined; empty: string }

/** Prints a listing. */
export function printRows(rows: Row[], { json, empty }: Listing): void {
  if (json) console.log(JSON.stringify(rows))
  else if (rows.length) console.log([headOf(rows), ...linesOf(rows)].join('\n'))
  else console.error(empty)
}

/**
 * Prints a listing page by page, so that it is never in memory as a whole. The columns of the table are as wide as the
 * first page needs.
 * @returns the number of rows
 */
export async function printPages(pages: AsyncIterable<Row[]>, { json, empty }: Listing): Promise<number> {
  let count = 0
  let widths: number[] = []
  for await (const rows of pages) {
    if (!count) widths = widthsOf(rows)
    if (json) await write(rows.map((row, n) => `${count + n ? ',\n' : '['}${JSON.stringify(row)}`).join(''))
    else await write([...(count ? [] : [headOf(rows)]), ...linesOf(rows, widths), ''].join('\n'))
    count += rows.length
  }
  if (json) await write(count ? ']\n' : '[]\n')
  else if (!count) console.error(empty)
  return count
}

/** The rows of a listing for the pages of something stored. */
export async function* rowsOf<T>(pages: AsyncIterable<T[]>, asRow: (one: T) => Row): AsyncGenerator<Row[]> {
  for await (const page of pages) yield page.map(asRow)
}

/** `: a@example.org, b@example.org…`: a sample of some readers, to stand behind their number; '' when there are none. */
export function sampled(count: number, sample: string[]): string {
  if (!count) return ''
  return `: ${sample.join(', ')}${count > sample.length ? '…' : ''}`
}

/**
 * Writes to stdout, and waits while the reader of a pipe is slow.
 * @throws OutputClosed when the reader has gone
 */
export async function write(text: string): Promise<void> {
  requireReader()
  if (!process.stdout.write(process.stdout.isTTY ? terminalText(text) : text))
    await once(process.stdout, 'drain').catch(requireReader)
}

function headOf(rows: Row[], widths = widthsOf(rows)): string {
  return lineOf(columnsOf(rows).map(headFor), widths)
}

function linesOf(rows: Row[], widths = widthsOf(rows)): string[] {
  const columns = columnsOf(rows)
  return rows.map((row) =>
    lineOf(
      columns.map((column) => cellOf(row[column])),
      widths,
    ),
  )
}

function widthsOf(rows: Row[]): number[] {
  return columnsOf(rows).map((column) =>
    Math.max(headFor(column).length, ...rows.map((row) => cellOf(row[column]).length)),
  )
}

/** The heads of columns whose names are made for programs. */
const heads: Record<string, string> = { dueAt: 'DUE', messageId: 'MESSAGE-ID', at: 'TIME', subscriber: 'READER' }
const headFor = (column: string): string => heads[column] ?? column.toUpperCase()

const columnsOf = (rows: Row[]): string[] => Object.keys(rows[0] ?? {})

function lineOf(cells: string[], widths: number[]): string {
  const padded = cells.map((cell, n) => cell.padEnd(widths[n] ?? 0))
  return padded.join('  ').trimEnd()
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '-'
  if (Array.isArray(value)) return value.join(',') || '-'
  if (value instanceof Temporal.Instant) return value.toString({ smallestUnit: 'second' })
  return String(value).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
