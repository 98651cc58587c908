import { sql } from 'kysely'
import { type AudienceSample, sampleOf, shownInSample } from '../../platform/db/audience-sample.ts'
import type { Db, Tx } from '../../platform/db/db.ts'
import { getsMail } from '../../platform/db/gets-mail.ts'
import type { EditionKind } from '../../platform/db/tables/editions.ts'
import type { MailOfItem } from '../mail/item-correction-view.ts'
import { createDeliveriesFor, type Mailing } from './create-deliveries.ts'

/**
 * The editions that told of an item, or that told certain wordings of it if some are given, with all takeaways of it that they told: a
 * query of (id, kind, date, told).
 */
export const editionsTellingItem = (item: number, wordings: number[] = []) => sql`
  select e.id, e.kind, left(e.slug, 10) as date, array_to_string(array(
      select told.id from unnest(e.takeaways) as told (id) join takeaways t on t.id = told.id and t.item_id = ${item}
      order by told.id), ',') as told
  from editions e
  where e.kind <> 'correction' and e.takeaways && array(
    select id from takeaways where item_id = ${item} and (${wordings.length === 0} or wording = any(${wordings}::bigint[])))`

/** What was wrong: some wordings of an item, or the whole item where there are none. */
export type Wrong = { item: number; wordings: number[] }

/**
 * The readers who got an item, or those wordings of it: a mail with it was accepted and did not come back, or it is unknown whether it arrived. A query of
 * (subscriber_id, subscription_id, mails, told), where the subscription is one by which the reader still gets mail.
 */
const gotItem = ({ item, wordings }: Wrong) => sql`
  select d.subscriber_id, (array_agg(d.subscription_id order by d.id desc)
      filter (where coalesce(s.state, 'active') = 'active'))[1] as subscription_id,
    string_agg(distinct telling.date || ' ' || telling.kind, ',') as mails,
    string_agg(distinct telling.told, ',') as told
  from (${editionsTellingItem(item, wordings)}) telling
  join deliveries d on d.edition_id = telling.id and d.state in ('accepted', 'unknown') and d.bounced_at is null
  left join subscriptions s on s.id = d.subscription_id
  group by d.subscriber_id
  having bool_or(coalesce(s.state, 'active') = 'active')`

/** Whom a correction is for: those who got the item, get mail now, and were not sent this correction yet (`correction`). */
type Owed = Wrong & { correction: number | null; suppressionKey: string | null }

const owedCorrection = ({ item, wordings, correction, suppressionKey }: Owed) => sql`
  select g.*, p.email from (${gotItem({ item, wordings })}) g
  join subscribers p on p.id = g.subscriber_id
  left join subscriptions s on s.id = g.subscription_id
  where ${getsMail(suppressionKey)} and not exists (
    select 1 from deliveries x join editions e on e.id = x.edition_id
    where e.correction_id = ${correction} and x.subscriber_id = p.id and x.state not in ('failed', 'skipped'))`

/** How many readers a correction would be mailed to, with the first few addresses. */
export async function previewCorrection(db: Db, owed: Owed): Promise<AudienceSample> {
  const { rows } = await sql<{ email: string; count: number }>`
    select o.email, count(*) over () as count from (${owedCorrection(owed)}) o order by o.email limit ${shownInSample}`.execute(
    db,
  )
  return sampleOf(rows)
}

/** How many mails with an item are on their way: whether their readers get it is not known yet. */
export async function countUnderWay(db: Db, { item, wordings }: Wrong): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (${editionsTellingItem(item, wordings)}) telling
    join deliveries d on d.edition_id = telling.id and d.state in ('due', 'claimed', 'submitted', 'deferred')`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** Readers who got an item in the same mails, which told them the same of it: `mails` and `told` are keys of the group. */
export type CorrectionGroup = { mails: string; told: string }

/**
 * Writes down whom a correction is for; returns the groups that get the same mail. `forgetOwed` must follow in the transaction:
 * then no other one ever sees the rows.
 */
export async function noteOwed(tx: Tx, owed: Owed): Promise<CorrectionGroup[]> {
  await sql`insert into correction_readers (subscriber_id, subscription_id, mails, told)
    select subscriber_id, subscription_id, mails, told from (${owedCorrection(owed)}) owed`.execute(tx)
  const { rows } = await sql<CorrectionGroup>`
    select mails, told from correction_readers group by mails, told order by mails, told`.execute(tx)
  return rows
}

/** Deletes what `noteOwed` wrote down. */
export async function forgetOwed(tx: Tx): Promise<void> {
  await sql`delete from correction_readers`.execute(tx)
}

/** Creates the deliveries of a correction for a group that `noteOwed` wrote down; returns how many. */
export async function createForGroup(tx: Tx, mailing: Mailing, { mails, told }: CorrectionGroup): Promise<number> {
  return createDeliveriesFor(
    tx,
    mailing,
    sql`from correction_readers g join subscribers p on p.id = g.subscriber_id
      left join subscriptions s on s.id = g.subscription_id where g.mails = ${mails} and g.told = ${told}`,
  )
}

/** The mails of a group, the first one first. */
export function mailsOfGroup({ mails }: CorrectionGroup): MailOfItem[] {
  const all = mails
    .split(',')
    .map((mail): MailOfItem => ({ date: mail.slice(0, 10), kind: mail.slice(11) as EditionKind }))
  return all.toSorted((a, b) => a.date.localeCompare(b.date))
}

/** What a group was told of the item, in the order of the report. */
export async function toldToGroup(
  db: Db,
  { told }: CorrectionGroup,
): Promise<{ wording: number; text: string; language: string | null }[]> {
  const ids = told.split(',').filter(Boolean).map(Number)
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('takeaways')
    .select(['wording', 'text', 'language'])
    .where('id', 'in', ids)
    .orderBy('revision_id')
    .orderBy('ordinal')
    .execute()
  return [...new Map(rows.map((row) => [row.wording, row])).values()]
}
