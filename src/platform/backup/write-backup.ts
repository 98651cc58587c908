import { access, open, rename, rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { copyOut } from '../db/copy.ts'
import { type Connection, openDb } from '../db/db.ts'
import { UserError } from '../user-error.ts'
import { migrationsOf, quoted, sequencesOf, tablesOf } from './catalog.ts'
import { encodeFrame, linesIn } from './frames.ts'

/** What a backup holds. */
export type BackupContent = { tables: number; rows: number }

/** Called with the rows that are done, and with how many there are, which may be an estimate. */
export type OnProgress = (done: number, total: number) => void

/** Fast rather than small: the database holds its snapshot until the file is written. */
const level = 3

/**
 * Writes all rows of the database into a compressed file that only its owner can read: one snapshot, while everything else goes on. The
 * file gets its name when it is whole. Only some blocks are in memory.
 * @returns what it holds, and its size in bytes
 * @throws UserError when the file is there already or cannot be written
 */
export async function writeBackup(
  url: string,
  file: string,
  { at, onProgress }: { at: Temporal.Instant; onProgress: OnProgress },
): Promise<BackupContent & { bytes: number }> {
  const unfinished = `${file}.part`
  const sink = await createFile(file, unfinished)
  const { pool } = openDb(url, { max: 1 })
  try {
    const connection = await pool.connect()
    const content = { tables: 0, rows: 0 }
    const frames = Readable.from(framesOf(connection, at, content, onProgress), { objectMode: false })
    await pipeline(frames, createGzip({ level }), sink.createWriteStream({ flush: true })).finally(() =>
      connection.release(true),
    )
    const { size } = await stat(unfinished)
    await rename(unfinished, file)
    return { ...content, bytes: size }
  } catch (error) {
    await rm(unfinished, { force: true })
    throw isOfFiles(error) ? new UserError(unwritable(file, error)) : error
  } finally {
    await Promise.allSettled([sink.close(), pool.end()])
  }
}

async function createFile(file: string, unfinished: string) {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) throw new UserError(`${file} is there already. Name a new file.`)
  await rm(unfinished, { force: true })
  return open(unfinished, 'wx', 0o600).catch((error: unknown) => {
    throw new UserError(unwritable(file, error))
  })
}

async function* framesOf(
  connection: Connection,
  at: Temporal.Instant,
  content: BackupContent,
  onProgress: OnProgress,
): AsyncGenerator<Buffer> {
  await connection.query('begin isolation level repeatable read read only')
  await connection.query(`set local datestyle = 'ISO'`)
  await connection.query('set local statement_timeout = 0')
  const tables = await tablesOf(connection)
  const names = tables.map(({ name }) => quoted(name)).join(', ')
  if (names) await connection.query(`lock table ${names} in access share mode`) // no migration goes on meanwhile
  const migrations = await migrationsOf(connection)
  const total = Math.round(tables.reduce((sum, { estimate }) => sum + estimate, 0))
  yield encodeFrame({ kind: 'header', content: { sitrep: 'backup 1', at: at.toString(), migrations, rows: total } })
  for (const { name, columns } of tables) {
    yield encodeFrame({ kind: 'table', content: { name, columns } })
    let rows = 0
    for await (const data of copyOut(connection, `select ${columns.map(quoted).join(', ')} from ${quoted(name)}`)) {
      rows += linesIn(data)
      yield encodeFrame({ kind: 'data', content: data })
      onProgress(content.rows + rows, Math.max(total, content.rows + rows + 1))
    }
    yield encodeFrame({ kind: 'rows', content: { rows } })
    content.tables++
    content.rows += rows
  }
  const sequences = await sequencesOf(connection)
  yield encodeFrame({ kind: 'end', content: { ...content, sequences } })
  await connection.query('commit')
  onProgress(content.rows, content.rows)
}

/** An error of the disk; one of a connection has another call. */
const isOfFiles = (error: unknown): boolean => fileCalls.has((error as NodeJS.ErrnoException).syscall ?? '')
const fileCalls = new Set(['write', 'fsync', 'close', 'rename', 'stat'])

function unwritable(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return `The folder of ${file} does not exist. Create it first.`
  if (code === 'ENOSPC') return `The disk of ${file} is full. Free some space.`
  return `${file} cannot be written (${code ?? message}). Check who may write there.`
}
