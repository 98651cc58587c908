import { randomBytes } from 'node:crypto'
import type { Db } from './db.ts'
import { writeSetting } from './settings.ts'

const key = 'last_write_check'
/** Random text that cannot be compressed: it needs new pages, which a full disk does not give. */
const bytes = 12_000

/**
 * Writes a row of 16 kB, to see that the database takes one.
 * @returns why it does not, in words; undefined when it does
 * @throws when the database does not answer
 */
export async function writeProblem(db: Db): Promise<string | undefined> {
  try {
    await writeSetting(db, key, randomBytes(bytes).toString('base64'))
    return undefined
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (!ofDatabase.test(code)) throw error
    return problems[code] ?? `the database takes no writes: ${message}`
  }
}

/** PostgreSQL's own errors have five characters: all others are those of the connection. */
const ofDatabase = /^[\dA-Z]{5}$/
const problems: Record<string, string> = {
  '25006': 'the database is read-only: let DATABASE_URL lead to the primary server',
  '53100': 'the disk of the database is full: free some space',
}
