import type { Generated } from 'kysely'
import type { AdminTables } from './tables/admin.ts'
import type { Instant, Json } from './tables/columns.ts'
import type { DeliveryTables } from './tables/delivery.ts'
import type { EditionTables } from './tables/editions.ts'
import type { FeedTables } from './tables/feeds.ts'
import type { ReaderTables } from './tables/readers.ts'
import type { ReadingTables } from './tables/reading.ts'

/** All tables as Kysely sees them: ids and positions are numbers, instants are Temporal. JSON is typed by the store that keeps it. */
export type Tables = FeedTables &
  ReadingTables &
  ReaderTables &
  EditionTables &
  DeliveryTables &
  AdminTables &
  OwnTables

/** The tables that belong to no room: settings, and the processes that work on this database. */
type OwnTables = {
  settings: { key: string; value: Json<unknown> }
  workers: { id: string; name: string; started_at: Generated<Instant>; heartbeat_at: Generated<Instant> }
}
