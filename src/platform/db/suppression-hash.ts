import { type RawBuilder, sql } from 'kysely'
import { hmacPads } from '../mac.ts'

/**
 * The hash of `suppressionHash` for a column of addresses as they are stored (`addressKey`), computed by the database: so a plan for
 * many readers counts as the sender does.
 */
export function suppressionHashOf(key: string, email: RawBuilder<unknown>): RawBuilder<string> {
  const { inner, outer } = hmacPads(key)
  const text = sql`convert_to(${'sitrep suppression\n'}::text || ${email}, 'UTF8')`
  const mac = sql`sha256(${outer}::bytea || sha256(${inner}::bytea || ${text}))`
  return sql<string>`translate(rtrim(encode(${mac}, 'base64'), '='), '+/', '-_')`
}
