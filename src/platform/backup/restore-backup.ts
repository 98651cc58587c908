import { copyIn } from '../db/copy.ts'
import { type Connection, openDb } from '../db/db.ts'
import { migrate, schemaAfter } from '../db/migrate.ts'
import { formatUtc } from '../text/format-instant.ts'
import { UserError } from '../user-error.ts'
import { filledTables, quoted, rebuiltAfter, sequencesOf, tablesOf } from './catalog.ts'
import { type BackupEnd, type BackupHeader, type BackupTable, type Frame, linesIn } from './frames.ts'
import { checkBackup, damaged, readFrames } from './read-backup.ts'
import type { BackupContent, OnProgress } from './write-backup.ts'

/** What was restored. `at` is the moment of the backup, and `pausedEditions` counts those whose mails wait for a decision. */
export type Restored = BackupContent & { at: string; pausedEditions: number; leftOut: string[] }

type Restoring = { now: Temporal.Instant; onProgress: OnProgress }

/**
 * Fills an empty database from a backup, in one transaction: the schema of the backup's version, all rows, the sequences. Then it brings the
 * schema up to date. Mails that waited when the backup was made may have left since, so that their editions are paused.
 * @throws UserError in one sentence when the file is damaged or of another version, or the database is not empty
 */
export async function restoreBackup(url: string, file: string, restoring: Restoring): Promise<Restored> {
  const { header, end } = await checkBackup(file)
  requireKnownVersion(header)
  const { db, pool } = openDb(url, { max: 2 })
  try {
    const connection = await pool.connect()
    try {
      await requireEmpty(connection)
      await migrate(db, header.migrations.at(-1))
      const restored = await fill(connection, file, { header, end, ...restoring })
      await migrate(db)
      await connection.query('analyze')
      return restored
    } finally {
      connection.release(true)
    }
  } finally {
    await pool.end()
  }
}

/** A backup of an older version is filled into its own schema, which is then brought up to date. */
function requireKnownVersion({ migrations }: BackupHeader): void {
  const { unknown, pending } = schemaAfter(migrations)
  const other = unknown.at(-1)
  if (other) throw new UserError(`A newer Sitrep made the backup (${other}). Restore it with that version.`)
  const [first] = pending
  const isBeginning = migrations.length > 0 && migrations.every((name) => first === undefined || name < first)
  if (!isBeginning) throw new UserError('Another version of Sitrep made the backup. Restore it with that version.')
}

async function requireEmpty(connection: Connection): Promise<void> {
  const [first] = await filledTables(connection)
  if (first) throw new UserError(`The database is not empty (${first} has rows). Restore into a new database.`)
}

type Backup = { header: BackupHeader; end: BackupEnd } & Restoring

async function fill(connection: Connection, file: string, { header, end, onProgress, now }: Backup): Promise<Restored> {
  await connection.query('begin')
  await connection.query(`set local statement_timeout = 0`)
  await connection.query(`set local maintenance_work_mem = '256MB'`)
  const tables = await tablesOf(connection)
  const names = tables.map(({ name }) => quoted(name))
  await connection.query(`lock table ${names.join(', ')} in access exclusive mode`)
  await requireEmpty(connection) // also of what came while we waited
  await connection.query(`truncate ${names.join(', ')}`)
  const rebuilt = await rebuiltAfter(connection)
  for (const { drop } of rebuilt.toReversed()) await connection.query(drop)
  for (const name of names) await connection.query(`alter table ${name} disable trigger user`)
  const leftOut = await fillTables(connection, file, { known: tables, total: end.rows, onProgress })
  await setSequences(connection, end)
  for (const { create } of rebuilt) await connection.query(create)
  for (const name of names) await connection.query(`alter table ${name} enable trigger user`)
  const pausedEditions = await pauseWaiting(connection, header.at, now)
  await connection.query('commit')
  return { at: header.at, tables: end.tables - leftOut.length, rows: end.rows, pausedEditions, leftOut }
}

type Filling = { known: BackupTable[]; total: number; onProgress: OnProgress }

/** Returns the tables of the backup that the program does not know, and leaves out. */
async function fillTables(
  connection: Connection,
  file: string,
  { known, total, onProgress }: Filling,
): Promise<string[]> {
  const frames = readFrames(file)
  const leftOut: string[] = []
  let done = 0
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    if (next.value.kind !== 'table') continue
    const { name, columns } = next.value.content
    const table = { rows: 0 }
    const data = dataOf(frames, table, (rows) => onProgress(Math.min(done + rows, total), total))
    if (known.some((one) => one.name === name)) {
      const written = await copyIn(connection, `${quoted(name)} (${columns.map(quoted).join(', ')})`, data)
      if (written !== table.rows) throw damaged(file)
    } else {
      await drain(data)
      leftOut.push(name)
    }
    done += table.rows
  }
  onProgress(total, total)
  return leftOut
}

/** The data of the table that has just begun. `table.rows` is then what the backup says of it. */
async function* dataOf(
  frames: AsyncGenerator<Frame, void>,
  table: { rows: number },
  onRows: (rows: number) => void,
): AsyncGenerator<Buffer> {
  let rows = 0
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    const { kind, content } = next.value
    if (kind === 'rows') table.rows = content.rows
    if (kind !== 'data') return
    rows += linesIn(content)
    onRows(rows)
    yield content
  }
}

async function drain(data: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of data);
}

async function setSequences(connection: Connection, { sequences }: BackupEnd): Promise<void> {
  const known = new Set((await sequencesOf(connection)).map(({ name }) => name))
  for (const { name, last } of sequences) {
    if (last !== null && known.has(name)) await connection.query('select setval($1, $2)', [quoted(name), last])
  }
}

/**
 * Pauses the editions of digests, alerts and corrections with mails that wait. Confirmations and links go on: they harm nobody twice, and
 * an edition of them stands for all readers.
 */
async function pauseWaiting(connection: Connection, at: string, now: Temporal.Instant): Promise<number> {
  const reason = `The database was restored from a backup of ${formatUtc(Temporal.Instant.from(at))}: these mails may have left since.`
  const { rowCount } = await connection.query(
    `update editions set paused_at = $1, pause_reason = $2
    where paused_at is null and kind in ('welcome', 'daily', 'weekly', 'alert', 'correction')
      and id in (select edition_id from deliveries where due_at is not null or claim_id is not null)`,
    [now.toString(), reason],
  )
  return rowCount ?? 0
}
