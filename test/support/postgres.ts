import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { type Db, openDb, type Pool } from '../../src/platform/db/db.ts'
import type {} from './global-setup.ts'

export type TestDb = { db: Db; pool: Pool; url: string; close(): Promise<void> }

/** A fresh, migrated database of its own, or an `empty` one; `close` drops it, whoever is still connected. */
export async function createTestDb({ empty = false } = {}): Promise<TestDb> {
  const { url, template: migrated } = inject('testServer')
  const template = empty ? 'template0' : migrated
  const name = `sitrep_test_${randomBytes(8).toString('hex')}`
  await asAdmin(url, `create database ${name} template ${template} strategy file_copy`)
  const target = new URL(url)
  target.pathname = `/${name}`
  const { db, pool } = openDb(target.href)
  const close = async (): Promise<void> => {
    await db.destroy()
    await asAdmin(url, `drop database if exists ${name} with (force)`)
  }
  return { db, pool, url: target.href, close }
}

/** Deletes every reader, feed, edition and admin with all that belongs to them, for the next test. Numbers start at 1 again. */
export async function emptyTables(db: Db): Promise<void> {
  await sql`truncate subscribers, imports, editions, feeds, admins, sign_ups, queued_requests, suppressions, audit_events, settings
    restart identity cascade`.execute(db)
  await sql`update position_counter set value = 0`.execute(db)
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
