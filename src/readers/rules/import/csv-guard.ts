/** The signs by which a spreadsheet takes a cell for a formula, also in full width. Source: OWASP, CSV injection. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/

/** A cell without the apostrophe that programs put before what looks like a formula. */
export const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
