import { UserError } from '../../../platform/user-error.ts'
import { withoutGuard } from './csv-guard.ts'
import { createRecordReader } from './csv-records.ts'

/** The fields that an import takes, each with the headers under which it is found, and its own name first. */
const headers = {
  email: ['email', 'e-mail', 'mail', 'email address', 'mail address', 'address'],
  topics: ['topics', 'topic'],
  cadence: ['cadence', 'frequency'],
  at: ['at', 'time', 'local time'],
  zone: ['zone', 'time zone'],
  weekday: ['weekday'],
  places: ['places', 'place'],
  languages: ['languages', 'language'],
  feeds: ['feeds'],
  allTopics: ['all topics'],
  minScore: ['min score'],
  minutes: ['minutes'],
  quietMail: ['quiet mail'],
  quiet: ['quiet', 'quiet hours'],
  maxAlerts: ['max alerts'],
  state: ['state', 'status'],
  suppressed: ['suppressed'],
  pausedUntil: ['paused until'],
  consentSource: ['consent source', 'consent'],
  consentDate: ['consent date', 'consent at'],
} as const satisfies Record<string, string[]>

/** What an import takes of a reader. */
export type ImportField = keyof typeof headers
/** The cell of each field in a record; a field that is not there has none. */
export type ColumnIndex = Partial<Record<ImportField, number>>

/** How a file is laid out: its delimiter, how many lines its head has, where each field stands, and the headers that mean nothing here. */
export type ImportLayout = { delimiter: string; linesBefore: number; columns: ColumnIndex; ignored: string[] }

const delimiters = [',', ';', '\t', '|']
const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
const fields = Object.keys(headers) as ImportField[]
const known = new Map(fields.flatMap((field) => headers[field].map((name) => [plain(name), field] as const)))

/** Headers that the person named for fields, such as `email=Adresse`. @throws UserError when one names no field */
export function parseColumns(texts: string[]): Map<ImportField, string> {
  return new Map(
    texts.map((text) => {
      const [name = '', ...header] = text.split('=')
      const field = known.get(plain(name))
      if (!field || header.join('').trim() === '')
        throw new UserError(
          `--column: give a field and its header, such as email=Adresse; the fields are ${fields.join(', ')}.`,
        )
      return [field, header.join('=').trim()]
    }),
  )
}

/**
 * Finds the head of a file in its beginning. The delimiter is that of a line `sep=;`, or the one by which most headers are known.
 * @throws UserError when no column has the address, or two columns have the same field
 */
export function layoutOf(beginning: string, chosen: Map<ImportField, string>): ImportLayout {
  const lines = beginning.split(/\r\n|\n|\r/)
  const first = lines.findIndex((line) => line.trim() !== '')
  if (first < 0) throw new UserError('The file is empty.')
  const given = /^"?sep=(.)"?$/i.exec(lines[first]?.trim() ?? '')?.[1]
  const skipped = given ? first + 1 : first
  const [best] = (given ? [given] : delimiters)
    .map((delimiter) => headIn(lines.slice(skipped), delimiter, skipped))
    .map((head) => ({ head, layout: columnsIn(head, chosen) }))
    .sort((one, other) => score(other) - score(one))
  if (!best || best.layout.columns.email === undefined) throw new UserError(noAddress(best?.head.cells ?? [], chosen))
  for (const [field, header] of chosen) {
    if (best.layout.columns[field] === undefined) throw new UserError(`--column: the file has no header “${header}”.`)
  }
  const [twice] = best.layout.twice
  if (twice) throw new UserError(`Two columns have the field ${twice}. Name one by --column ${twice}=HEADER.`)
  const { columns, ignored } = best.layout
  return { delimiter: best.head.delimiter, linesBefore: best.head.end, columns, ignored }
}

type Head = { delimiter: string; cells: string[]; end: number }

function headIn(lines: string[], delimiter: string, skipped: number): Head {
  const reader = createRecordReader(delimiter, skipped)
  for (const [n, line] of lines.entries()) {
    const [record] = reader.push([line])
    if (record) return { delimiter, cells: 'cells' in record ? record.cells : [], end: skipped + n + 1 }
  }
  return { delimiter, cells: [], end: skipped + lines.length }
}

type Columns = { columns: ColumnIndex; ignored: string[]; twice: ImportField[] }

function columnsIn({ cells }: Head, chosen: Map<ImportField, string>): Columns {
  const columns: ColumnIndex = {}
  const ignored: string[] = []
  const twice: ImportField[] = []
  const byHeader = new Map([...chosen].map(([field, header]) => [plain(header), field]))
  for (const [n, cell] of cells.entries()) {
    const header = withoutGuard(cell)
    const field = byHeader.get(plain(header)) ?? unlessChosen(known.get(plain(header)), chosen)
    if (!field) ignored.push(header)
    else if (columns[field] !== undefined) twice.push(field)
    else columns[field] = n
  }
  return { columns, ignored: ignored.filter((header) => header !== ''), twice }
}

const unlessChosen = (field: ImportField | undefined, chosen: Map<ImportField, string>) =>
  field && chosen.has(field) ? undefined : field

const score = ({ head, layout }: { head: Head; layout: Columns }): number =>
  Object.keys(layout.columns).length * 1_000 + Math.min(999, head.cells.length)

function noAddress(cells: string[], chosen: Map<ImportField, string>): string {
  const wanted = chosen.get('email')
  if (wanted !== undefined) return `--column: the file has no header “${wanted}”.`
  const found = cells.slice(0, 20).map((cell) => `“${cell.slice(0, 40)}”`)
  return `No header of the file names the address (found: ${found.join(', ')}). Name it by --column email=HEADER.`
}
