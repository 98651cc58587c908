import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import type { SuppressionReason } from '../../platform/db/tables/readers.ts'
import type { Consent } from './consents.ts'
import type { Subscriber } from './subscribers.ts'
import type { Subscription } from './subscriptions.ts'

/** A row whose instants are texts in ISO 8601. */
type WithTexts<Row> = {
  [Name in keyof Row]: Extract<Row[Name], Temporal.Instant> extends never
    ? Row[Name]
    : string | Exclude<Row[Name], Temporal.Instant>
}

/** A reader with all subscriptions, the consent by which mail is sent, and why the address is never mailed. */
export type ExportedReader = WithTexts<Pick<Subscriber, (typeof ofReader)[number] | (typeof timesOfReader)[number]>> & {
  subscriptions: WithTexts<
    Omit<Subscription, 'subscriber_id' | 'ordinal' | 'from_position' | 'returns' | 'created_at'>
  >[]
  consent: WithTexts<Pick<Consent, 'kind' | 'text' | 'source' | 'at'>> | null
  suppressed: SuppressionReason | null
}

const ofReader = ['id', 'email', 'written_email', 'state'] as const
const timesOfReader = ['created_at', 'confirmed_at', 'gone_at', 'paused_until'] as const
const ofSubscription = [
  'id',
  'cadence',
  'topics',
  'all_topics',
  'min_score',
  'feeds',
  'places',
  'languages',
  'local_time',
  'zone',
  'weekday',
  'minutes',
  'quiet_mail',
  'quiet_from',
  'quiet_to',
  'max_alerts',
  'state',
] as const
const timesOfSubscription = ['confirmed_at', 'ended_at'] as const

/**
 * Readers behind an id, those who left too, in the order of their ids. Each is one JSON text: rows with instants of their own would fill
 * the memory with objects that last until a full collection.
 */
export async function exportedReaders(
  db: Db,
  { after, limit }: { after: number; limit: number },
): Promise<ExportedReader[]> {
  const { rows } = await sql<{ reader: string }>`
    select json_build_object(${fields('p', ofReader, timesOfReader)},
      'subscriptions', coalesce((
        select json_agg(json_build_object(${fields('s', ofSubscription, timesOfSubscription)}) order by s.cadence, s.ordinal)
        from subscriptions s where s.subscriber_id = p.id), '[]'),
      'consent', (
        select json_build_object(${fields('c', ['kind', 'text', 'source'], ['at'])})
        from consents c where c.subscriber_id = p.id and c.kind in ('confirmed', 'given') order by c.id desc limit 1),
      'suppressed', (select x.reason from suppressions x where x.subscriber_id = p.id limit 1))::text as reader
    from subscribers p where p.id > ${after} and p.erased_at is null order by p.id limit ${limit}`.execute(db)
  return rows.map(({ reader }) => JSON.parse(reader) as ExportedReader)
}

/** The arguments of `json_build_object` for columns of a table; `times` become `2026-11-23T12:00:00Z`. The session is in UTC. */
function fields(table: string, columns: readonly string[], times: readonly string[]): RawBuilder<unknown> {
  const name = (column: string) => sql.lit(column)
  return sql.join([
    ...columns.map((column) => sql`${name(column)}, ${sql.ref(`${table}.${column}`)}`),
    ...times.map(
      (column) => sql`${name(column)}, replace(to_json(${sql.ref(`${table}.${column}`)})#>>'{}', '+00:00', 'Z')`,
    ),
  ])
}
