import { type RawBuilder, sql } from 'kysely'

/**
 * The code at the beginning of a mail server's reply, such as `550 5.1.1`, as SQL; an empty text where there is none. It is all that
 * is kept of a reply to a mail of an erased reader.
 */
export const codeOf = (reply: RawBuilder<unknown>): RawBuilder<string> =>
  sql`coalesce(substring(${reply} from '^[245][0-9]{2}(?:[ -][245][.][0-9]+[.][0-9]+)?'), '')`
