import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/db.ts'
import { dropSetting, readSetting, writeSetting } from '../../platform/db/settings.ts'
import type { PlacedReport } from '../rules/places-of-claim.ts'
import type { Evidence } from '../rules/types.ts'

/** A stored claim with its report, as far as its places follow from it. */
export type UnplacedClaim = { id: number; text: string; evidence: Evidence[]; report: PlacedReport }

/** Claims up to this id, from before places were stored, may have places that are not known yet. */
const setting = 'places_unknown_up_to'

/**
 * The newest claims whose places are not known yet, at most `limit`. Empty when all are known. One transaction at a time
 * gets them.
 */
export async function unplacedClaims(tx: Tx, limit: number): Promise<UnplacedClaim[]> {
  const open = await tx.selectFrom('settings').select('value').where('key', '=', setting).forUpdate().executeTakeFirst()
  if (open === undefined) return []
  const rows = await tx
    .selectFrom('takeaways as t')
    .innerJoin('revisions as r', 'r.id', 't.revision_id')
    .select((eb) => ['t.id', 't.text', 't.revision_id', eb.ref('t.evidence').$castTo<Evidence[]>().as('evidence')])
    .select(['r.title', 'r.text as report_text'])
    .where('t.id', '<=', open.value as number)
    .orderBy('t.id', 'desc')
    .limit(limit)
    .execute()
  const passages = await passagesOf(tx, [...new Set(rows.map((row) => row.revision_id))])
  return rows.map(({ id, text, evidence, title, report_text, revision_id }) => ({
    id,
    text,
    evidence,
    report: { title, text: report_text ?? '', passages: passages.get(revision_id) ?? [] },
  }))
}

async function passagesOf(tx: Tx, revisions: number[]): Promise<Map<number, PlacedReport['passages']>> {
  if (revisions.length === 0) return new Map()
  const rows = await tx
    .selectFrom('passages')
    .select((eb) => [
      'revision_id',
      'n',
      'start',
      'end',
      eb.ref('kind').$castTo<PlacedReport['passages'][0]['kind']>().as('kind'),
    ])
    .where('revision_id', 'in', revisions)
    .orderBy('n')
    .execute()
  return Map.groupBy(rows, (row) => row.revision_id)
}

/** Stores the places of claims, and that those of all newer claims are known. */
export async function savePlaces(tx: Tx, claims: { id: number; places: string[] }[]): Promise<void> {
  const told = claims.filter(({ places }) => places.length > 0)
  const [ids, lists] = [told.map(({ id }) => id), told.map(({ places }) => places.join(' '))]
  await sql`
    update takeaways t set places = string_to_array(told.places, ' ')
    from unnest(${ids}::bigint[], ${lists}::text[]) as told (id, places)
    where t.id = told.id`.execute(tx)
  await writeSetting(tx, setting, Math.min(...claims.map(({ id }) => id)) - 1)
}

/** Records that the places of all claims are known. */
export async function endPlacing(tx: Tx): Promise<void> {
  await dropSetting(tx, setting)
}

/** Whether there may be claims whose places are not known. */
export async function hasUnplacedClaims(db: Db): Promise<boolean> {
  return (await readSetting<number>(db, setting)) !== undefined
}
