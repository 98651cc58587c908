import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { suppressionHashOf } from './suppression-hash.ts'

/**
 * Whether a reader `p` gets mail now by the subscription `s`, or by none: what the sender asks before it begins a mail, for a plan
 * that promises only what goes out. An address may be suppressed that is no reader's any more, or was another one's; without a key
 * no address was ever suppressed.
 */
export const getsMail = (suppressionKey: string | null): RawBuilder<SqlBool> => sql<SqlBool>`(
  p.state = 'active' and coalesce(s.state, 'active') = 'active'
  and not ${byReader} and not ${byHash(suppressionKey)})`

/** Whether the address of a reader `p` is suppressed. */
export const isSuppressed = (suppressionKey: string | null): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${byReader} or ${byHash(suppressionKey)})`

const byReader = sql`exists (select 1 from suppressions x where x.subscriber_id = p.id)`
const byHash = (key: string | null) => sql`exists (select 1 from suppressions x where x.hash = ${hashOf(key)})`
const hashOf = (key: string | null) => (key === null ? sql`''` : suppressionHashOf(key, sql`p.email`))
