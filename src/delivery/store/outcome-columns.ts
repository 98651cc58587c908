import { sql } from 'kysely'

/** The code at the begin of a mail server's reply: `550 5.1.1`. */
export const codeInReply = sql<string | null>`substring(reply from '^[245][0-9]{2}(?:[ -][245][.][0-9]+[.][0-9]+)?')`

/** What was reported of an accepted mail. */
export const afterOf = sql<
  'bounced' | 'complained' | null
>`case when state = 'accepted' and complained_at is not null then 'complained'
  when state = 'accepted' and bounced_at is not null then 'bounced' end`

/** The reason that stands beside a sum: the reasons of its deliveries went with them. */
export const keptAsSum = 'kept as a sum only'
