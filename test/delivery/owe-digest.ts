import type { App } from '../../src/app.ts'
import { freezeEdition } from '../../src/editions/store/editions.ts'
import type { EditionKind } from '../../src/platform/db/tables/editions.ts'
import { enterReaders, oweToFirst } from '../support/audience.ts'

/** Owes an edition to so many readers of 50 domains, who are entered when there are none; returns its id. */
export async function oweDigest(app: App, readers: number, key = 'k', kind: EditionKind = 'daily'): Promise<number> {
  const { db } = app
  const entered = await db.selectFrom('subscribers').select('id').limit(1).execute()
  if (!entered.length) await enterReaders(db, readers)
  const facts = { key, slug: key, kind, takeaways: [], topics: [], slot_id: null }
  const words = { subject: 'A digest', html: '<p>One</p>', text: 'One', closed_at: app.now() }
  const { id } = await db.transaction().execute((tx) => freezeEdition(tx, { ...facts, ...words }, 'test'))
  await oweToFirst(db, id, 0, readers)
  return id
}

/** How many deliveries are in each state. */
export async function states(app: App): Promise<Record<string, number>> {
  const rows = await app.db.selectFrom('deliveries').select('state').execute()
  const byState = Map.groupBy(rows, ({ state }) => state)
  return Object.fromEntries([...byState].map(([state, all]) => [state, all.length]))
}
