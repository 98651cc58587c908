/** How many people a mail would go to, and the first few of their addresses. */
export type AudienceSample = { count: number; sample: string[] }

/** How many addresses a sample shows. */
export const shownInSample = 5

/** Rows of one address each, which all carry the count of the whole, as a sample. */
export function sampleOf(rows: { email: string; count: number }[]): AudienceSample {
  return { count: rows[0]?.count ?? 0, sample: rows.map(({ email }) => email) }
}
