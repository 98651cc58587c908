import { type Db, openDb } from './db.ts'

/** Two pools on a schema of its own, as the app has them on the usual one. */
export type TemporaryDb = { db: Db; ledger: Db }

/**
 * Runs `act` on an empty schema of the same database, which is dropped afterwards. Nothing that is stored elsewhere is
 * read or changed.
 * @throws when the user of the database may not create a schema
 */
export async function onTemporarySchema<T>(url: string, act: (pools: TemporaryDb) => Promise<T>): Promise<T> {
  const schema = `temporary_${crypto.randomUUID().replaceAll('-', '')}`
  const owner = openDb(url, { max: 1 })
  const session = { search_path: schema }
  const pools = [openDb(url, { session }), openDb(url, { max: 5, session })] as const
  const [main, ledger] = pools
  try {
    await owner.db.schema.createSchema(schema).execute()
    return await act({ db: main.db, ledger: ledger.db })
  } finally {
    await Promise.all(pools.map(({ pool }) => pool.end()))
    await owner.db.schema.dropSchema(schema).ifExists().cascade().execute()
    await owner.pool.end()
  }
}
