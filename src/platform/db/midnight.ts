import { type RawBuilder, sql } from 'kysely'

/** The instant at which a date begins in UTC. A date alone would begin at midnight in the zone of the session. */
export const midnight = (date: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`((${date})::timestamp at time zone 'UTC')`
