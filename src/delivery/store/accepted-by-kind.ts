import type { Db } from '../../platform/db/db.ts'

/** How many mails of each kind were accepted. */
export async function acceptedByKind(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .select(['e.kind', (eb) => eb.fn.countAll<number>().as('count')])
    .where('d.state', '=', 'accepted')
    .groupBy('e.kind')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]))
}
