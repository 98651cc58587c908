import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { suppressionHashOf } from '../../platform/db/suppression-hash.ts'

/**
 * Whether a reader `p` gets mail now by the subscription `s`, or by none: what the sender asks before it begins a mail, for a plan
 * that promises only what goes out. An address may be suppressed that is no reader's any more, or was another one's.
 */
export const getsMail = (suppressionKey: string): RawBuilder<SqlBool> => sql<SqlBool>`(
  p.state = 'active' and coalesce(s.state, 'active') = 'active'
  and not exists (select 1 from suppressions x where x.subscriber_id = p.id)
  and not exists (select 1 from suppressions x where x.hash = ${suppressionHashOf(suppressionKey, sql`p.email`)}))`
