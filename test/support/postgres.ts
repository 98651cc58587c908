import { randomBytes } from 'node:crypto'
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
  await asAdmin(url, `create database ${name} template ${template}`)
  const target = new URL(url)
  target.pathname = `/${name}`
  const { db, pool } = openDb(target.href)
  const close = async (): Promise<void> => {
    await db.destroy()
    await asAdmin(url, `drop database if exists ${name} with (force)`)
  }
  return { db, pool, url: target.href, close }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
