import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listAudit, recordAudit, verifyAudit } from '../../src/platform/audit/audit.ts'
import { appendEvent, type Head, walkChain } from '../../src/platform/audit/chain.ts'
import { inDryRun } from '../../src/platform/db/db.ts'
import { newSecretKey } from '../../src/readers/rules/token.ts'
import { createTestDb, type TestDb } from '../support/postgres.ts'

const noon = Temporal.Instant.from('2026-11-23T12:00:00.123456789Z')
const olderKeys = [newSecretKey()]
const keys = [newSecretKey(), ...olderKeys]
let own: TestDb

beforeAll(async () => {
  own = await createTestDb()
})
afterAll(() => own.close())
beforeEach(async () => {
  await sql`truncate audit_events restart identity`.execute(own.db)
  await sql`delete from settings where key in ('audit_head', 'audit_seen')`.execute(own.db)
})

const record = (n: number, auditKeys = keys) => {
  const app = { now: () => noon.add({ seconds: n }), config: { auditKeys } }
  return own.db.transaction().execute((tx) =>
    recordAudit(app, tx, {
      actor: 'admin:1',
      action: 'resend',
      subject: `edition:${n}`,
      reason: `Olena <olena@example.org> did not get it \ud800\0`,
      detail: { z: 1, a: { y: [1.5, null], b: 'Київ', gone: undefined } },
    }),
  )
}
const verify = () => verifyAudit(own.db, keys)

describe('the audit log', () => {
  test('is intact when it is empty, and after several events at the same time', async () => {
    expect(await verify()).toBeNull()
    await record(1)
    await Promise.all([2, 3, 4, 5, 6].map((n) => record(n)))
    expect(await verify()).toBeNull()
    expect(await listAudit(own.db, { limit: 10 })).toHaveLength(6)
  })

  test('has no gap where a dry run was rolled back, and gives no number of a deleted event again', async () => {
    const app = { now: () => noon, config: { auditKeys: keys } }
    const event = { actor: 'cli', action: 'hold item', subject: 'item:1' }
    for (const n of [1, 2]) {
      await inDryRun(own.db, (tx) => recordAudit(app, tx, event))
      await record(n)
    }
    expect((await listAudit(own.db, { limit: 10 })).map(({ id }) => id)).toEqual([2, 1])
    await sql`delete from audit_events where id = 2`.execute(own.db)
    await record(3)
    expect((await listAudit(own.db, { limit: 10 })).map(({ id }) => id)).toEqual([3, 1])
  })

  test('is intact after a change of the key, which is an event, and does not need the older key any more', async () => {
    await record(1, olderKeys)
    await record(2, olderKeys)
    await record(3)
    await record(4)
    expect(await verify()).toBeNull()
    expect(await verifyAudit(own.db, [keys[0]!])).toBeNull()
    expect((await listAudit(own.db, { limit: 10 })).map(({ action }) => action)).toEqual([
      'resend',
      'resend',
      'change audit key',
      'resend',
      'resend',
    ])
    expect(await verifyAudit(own.db, [newSecretKey()])).toBe(1)
  })

  test('shows what who has the older key alone changes before the change of the key', async () => {
    await record(1, olderKeys)
    await record(2, olderKeys)
    await record(3)
    await sql`update audit_events set reason = 'because' where id = 2`.execute(own.db)
    expect(await verify()).toBe(2)
    expect(await verifyAudit(own.db, [keys[0]!])).toBe(1)
  })

  test('is not sealed with another key while it is broken', async () => {
    await record(1, olderKeys)
    await record(2, olderKeys)
    await sql`update audit_events set reason = 'because' where id = 1`.execute(own.db)
    await record(3)
    expect((await listAudit(own.db, { limit: 10 })).map(({ action }) => action)).not.toContain('change audit key')
    expect(await verify()).toBe(1)
  })

  test.each([
    ['a reason changed', "update audit_events set reason = 'because' where id = 2", 2],
    ['a detail changed', `update audit_events set detail = '{"z": 2}' where id = 2`, 2],
    ['a time moved', "update audit_events set at = at - interval '1 hour' where id = 2", 2],
    ['an actor changed', "update audit_events set actor = 'admin:2' where id = 3", 3],
    ['an event removed from the middle', 'delete from audit_events where id = 2', 3],
    ['the first event removed', 'delete from audit_events where id = 1', 2],
    ['the last event removed', 'delete from audit_events where id = 4', 4],
    ['all events removed', 'delete from audit_events', 4],
    ['the head removed', "delete from settings where key = 'audit_head'", 4],
    [
      'an event added',
      `insert into audit_events (at, actor, action, subject, reason, detail, mac)
       select at, actor, action, subject, reason, detail, mac from audit_events where id = 4`,
      5,
    ],
  ])('shows %s', async (_what, tampering, broken) => {
    for (const n of [1, 2, 3, 4]) await record(n)
    await sql.raw(tampering).execute(own.db)
    expect(await verify()).toBe(broken)
  })

  test('shows that the last event was removed, also when another one was added after it', async () => {
    for (const n of [1, 2]) await record(n)
    await sql`delete from audit_events where id = 2`.execute(own.db)
    await record(3)
    expect(await verify()).toBe(3)
  })

  describe('of which a check has seen something', () => {
    /** What somebody with the database and the earlier key alone can write: the whole log anew. */
    const rewrite = async (events: number) => {
      await empty()
      for (let n = 0; n < events; n++) await record(n, olderKeys)
    }
    const empty = () =>
      own.db.transaction().execute(async (tx) => {
        await sql`truncate audit_events restart identity`.execute(tx)
        await sql`delete from settings where key = 'audit_head'`.execute(tx)
      })
    const check = () => verifyAudit(own.db, keys, { remember: true })

    test('is intact when it grows, and when a newer key comes', async () => {
      await record(1, olderKeys)
      expect(await verifyAudit(own.db, olderKeys, { remember: true })).toBeNull()
      expect(await check()).toBeNull()
      await record(2)
      expect(await check()).toBeNull()
      await record(3)
      expect(await verifyAudit(own.db, [newSecretKey(), ...keys])).toBeNull()
    })

    test('shows that it was emptied, also when events were added after that', async () => {
      for (const n of [1, 2]) await record(n)
      expect(await check()).toBeNull()
      await empty()
      expect(await verify()).toBe(2)
      for (const n of [3, 4, 5]) await record(n)
      expect(await verify()).toBe(2)
    })

    test('shows that it was rewritten with an earlier key, and is not sealed with the newest then', async () => {
      await record(1)
      await record(2)
      for (const events of [1, 5]) {
        await rewrite(events)
        expect(await verify()).not.toBeNull()
        await record(6)
        expect(await verify()).not.toBeNull()
        expect((await listAudit(own.db, { limit: 10 })).map(({ action }) => action)).not.toContain('change audit key')
      }
    })

    test('shows what an earlier key signs after the change of the key, also a change of its own', async () => {
      await record(1, olderKeys)
      await record(2)
      const head = async () =>
        (await sql<{ value: Head }>`select value from settings where key = 'audit_head'`.execute(own.db)).rows[0]!.value
      const { id } = await own.db.transaction().execute(async (tx) => {
        const { digest, events } = await walkChain(tx, keys)
        const forged = {
          actor: 'sitrep',
          action: 'change audit key',
          subject: 'audit',
          reason: '',
          at: noon.round('second'),
        }
        return appendEvent(tx, olderKeys[0]!, await head(), { ...forged, detail: { digest, events } })
      })
      expect(await verify()).toBe(id)
    })

    test('needs an event of its own for a newer key', async () => {
      await record(1, olderKeys)
      await sql`delete from settings where key = 'audit_head'`.execute(own.db)
      await own.db.transaction().execute(async (tx) => {
        const { last } = await walkChain(tx, keys)
        const forged = {
          actor: 'admin:1',
          action: 'resend',
          subject: 'x',
          reason: '',
          detail: {},
          at: noon.round('second'),
        }
        await appendEvent(tx, keys[0]!, { ...last, seal: '' }, forged)
      })
      expect(await verify()).toBe(2)
    })
  })

  test('holds no mail address, not even in the reason of an admin', async () => {
    await record(1)
    expect(JSON.stringify(await listAudit(own.db, { limit: 1 }))).not.toContain('@')
  })
})
