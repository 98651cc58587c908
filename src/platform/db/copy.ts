import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from, to } from 'pg-copy-streams'
import type { Connection } from './db.ts'

/** The rows of a query in the text format of COPY, as they arrive: the database waits while nobody takes them. */
export function copyOut(connection: Connection, query: string): AsyncIterable<Buffer> {
  return connection.query(to(`copy (${query}) to stdout`))
}

/**
 * Writes rows in the text format of COPY into a table.
 * @returns the number of rows
 * @throws the database's error, such as for a row that a constraint forbids
 */
export async function copyIn(connection: Connection, target: string, rows: AsyncIterable<Buffer>): Promise<number> {
  const sink = connection.query(from(`copy ${target} from stdin`))
  await pipeline(Readable.from(rows), sink)
  return sink.rowCount
}
