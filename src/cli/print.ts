/** One row of a listing; instants are shown as ISO 8601, lists with commas. */
export type Row = Record<string, unknown>

/** Prints a listing: one JSON array for programs, a table for people, or `empty` when there is nothing. */
export function printRows(rows: Row[], { json, empty }: { json?: boolean | undefined; empty: string }): void {
  if (json) console.log(JSON.stringify(rows))
  else if (rows.length) console.log(asTable(rows))
  else console.error(empty)
}

function asTable(rows: Row[]): string {
  const columns = Object.keys(rows[0]!)
  const cells = rows.map((row) => columns.map((column) => asCell(row[column])))
  const widths = columns.map((column, n) => Math.max(column.length, ...cells.map((line) => line[n]!.length)))
  const line = (words: string[]) =>
    words
      .map((word, n) => word.padEnd(widths[n]!))
      .join('  ')
      .trimEnd()
  return [line(columns.map((column) => column.toUpperCase())), ...cells.map(line)].join('\n')
}

function asCell(value: unknown): string {
  if (value === null || value === undefined) return '-'
  if (Array.isArray(value)) return value.join(',') || '-'
  if (value instanceof Temporal.Instant) return value.toString({ smallestUnit: 'second' })
  return String(value).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
