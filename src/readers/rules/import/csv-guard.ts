/** The signs by which a spreadsheet takes a cell for a formula, also in full width. Source: OWASP, CSV injection. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/

/** A text as a field of a CSV file (RFC 4180). One that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvField(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text
  return /[",;\r\n\t']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A cell without the apostrophe that `csvField` and other programs put before what looks like a formula. */
export const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
