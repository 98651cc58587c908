/** How many readers would get a mail, and the addresses of the first few. */
export type AudienceSample = { count: number; sample: string[] }

/** How many addresses a sample holds. */
export const shownInSample = 5

/** Makes a sample of rows that each hold one address and the count of all. */
export function sampleOf(rows: { email: string; count: number }[]): AudienceSample {
  return { count: rows[0]?.count ?? 0, sample: rows.map(({ email }) => email) }
}
