import type { Db } from '../../platform/db/db.ts'
import type { Cadence } from '../../platform/db/tables/editions.ts'

/** The active subscriptions of a cadence: a query without columns. */
export const activeSubscriptions = (db: Db, cadence: Cadence) =>
  db.selectFrom('subscriptions').where('cadence', '=', cadence).where('state', '=', 'active')
