import type { Db, Tx } from '../../platform/db/db.ts'
import type { Fact } from '../rules/facts/fact.ts'

/** Saves the figures of each claim, in the order of its text. */
export async function saveFacts(tx: Tx, claims: { wording: number; facts: Fact[] }[]): Promise<void> {
  const rows = claims.flatMap(({ wording, facts }) => facts.map((fact, ordinal) => ({ wording, ordinal, ...fact })))
  if (rows.length === 0) return
  await tx.insertInto('facts').values(rows).execute()
}

/** The figures of claims, by the wording of each. */
export async function factsOf(db: Db, wordings: number[]): Promise<Map<number, Fact[]>> {
  if (wordings.length === 0) return new Map()
  const rows = await db
    .selectFrom('facts')
    .selectAll()
    .where('wording', 'in', wordings)
    .orderBy('wording')
    .orderBy('ordinal')
    .execute()
  return Map.groupBy(rows, ({ wording }) => wording) as Map<number, Fact[]>
}
