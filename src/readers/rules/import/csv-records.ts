import { parse } from 'csv-parse/sync'
import { UserError } from '../../../platform/user-error.ts'

/** A record of a CSV file by the line that it begins in, from 1: its cells, or why it cannot be read. */
export type CsvRecord = { line: number; cells: string[] } | { line: number; problem: string }

/** Reads records line by line, so that a broken one costs its own line only. */
export type RecordReader = {
  /** Takes the next lines, and returns the records that they end. */
  push(lines: string[]): CsvRecord[]
  /** Returns what is left at the end of the file. */
  end(): CsvRecord[]
}

/** So many lines a quoted cell may have. */
const maxLinesOfRecord = 20
/** So many characters a record may have. */
const maxRecord = 100_000
/** So many characters a line may have: a longer one belongs to no list of readers. */
const maxLine = 1_000_000

const notClosed = 'a quotation mark is not closed'
const notReadable = 'the quotation marks do not fit'

/** Splits text into lines, whichever of LF, CRLF and CR ends them. @throws UserError on a line of a million characters */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = `${rest}${chunk}`.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    if (rest.length > maxLine) throw new UserError('A line of this file has a million characters: it is no CSV file.')
    if (lines.length > 0) yield lines
  }
  if (rest !== '') yield [rest.replace(/\r$/, '')]
}

type Assembled = { line: number; text: string } | CsvRecord

/**
 * A reader of the records of a CSV file (RFC 4180) with this delimiter. A cell may have line breaks within quotation marks. Where a
 * mark is not closed, only the line in which it opens is lost. Empty lines are passed over.
 */
export function createRecordReader(delimiter: string, linesBefore = 0): RecordReader {
  const endsQuoted = quotedEnd(delimiter)
  let line = linesBefore
  let open: string[] = []

  /** Adds one line; returns what it ends. */
  function add(text: string): Assembled[] {
    const first = line - open.length
    if (open.length === 0 && text.trim() === '') return []
    const whole = open.length === 0 ? text : [...open, text].join('\n')
    const mayEnd = open.length === 0 || text.includes('"')
    if (mayEnd && !endsQuoted(whole)) return close(first, whole, text)
    open.push(text)
    return open.length >= maxLinesOfRecord || whole.length > maxRecord ? giveUp(notClosed) : []
  }

  function close(first: number, whole: string, last: string): Assembled[] {
    if (open.length === 0) return [{ line: first, text: whole }]
    const [cells] = tryParse(whole, delimiter) ?? []
    open.push(last)
    if (!cells) return giveUp(notReadable)
    open = []
    return [{ line: first, cells }]
  }

  /** Reports the first line that is open, and reads those behind it again. */
  function giveUp(problem: string): Assembled[] {
    const [, ...again] = open
    const end = line
    line = end - again.length
    const found: Assembled[] = [{ line, problem }]
    open = []
    for (const text of again) {
      line += 1
      found.push(...add(text))
    }
    line = end
    return found
  }

  return {
    push(lines) {
      const found: Assembled[] = []
      for (const text of lines) {
        line += 1
        found.push(...add(text))
      }
      return parsed(found, delimiter)
    },
    end() {
      const found: Assembled[] = []
      while (open.length > 0) found.push(...giveUp(notClosed))
      return parsed(found, delimiter)
    },
  }
}

/** Parses the records of one line together, which is ten times as fast; one by one only where that does not fit. */
function parsed(found: Assembled[], delimiter: string): CsvRecord[] {
  const texts = found.flatMap((one) => ('text' in one ? [one.text] : []))
  const together = tryParse(texts.join('\n'), delimiter)
  const cells = together?.length === texts.length ? together : texts.map((text) => tryParse(text, delimiter)?.[0])
  let at = 0
  return found
    .map((one): CsvRecord => {
      if (!('text' in one)) return one
      const own = cells[at++]
      return own ? { line: one.line, cells: own } : { line: one.line, problem: notReadable }
    })
    .filter((record) => 'problem' in record || record.cells.some((cell) => cell !== ''))
}

function tryParse(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
    })
  } catch {
    return undefined
  }
}

/** Whether a record ends within quotation marks: only a mark at the beginning of a cell opens them, and a doubled one stands for itself. */
function quotedEnd(delimiter: string): (text: string) => boolean {
  const sign = RegExp.escape(delimiter)
  const closed = new RegExp(`(^|${sign}) *"(?:[^"]|"")*"(?!")`, 'g')
  const opens = new RegExp(`(?:^|${sign}) *"`)
  return (text) => text.includes('"') && opens.test(text.replace(closed, '$1'))
}
