import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { lockChain } from '../../src/platform/audit/chain.ts'
import { eventually } from '../support/eventually.ts'
import { type Arena, clean, connections, long, openArena, pause, report } from './arena.ts'
import { killAndRecover, killWorker } from './lease.ts'

let arena: Arena
afterEach(() => arena.close())

/** So many readers got the item. Of as many others each, the mail failed or bounced, they left, or they got another mail. */
const [got, others] = long ? [20_000, 1_000] : [300, 20]
const note = 'The figure was 400, not 4,000.'
const correct = () => arena.command('corrections', 'send', '1', '--note', note)

/** The digest of the arena told of an item; it is unknown whether it arrived, as after a crash: no sink has seen it. */
async function tellItem(): Promise<void> {
  const { db, edition } = arena
  await sql`
    with feed as (insert into feeds (url, title, next_poll_at, added_at)
      values ('https://desk.example/feed', 'Desk', '9999-01-01', now()) returning id),
    item as (insert into items (feed_id, key, title, first_seen_at, backfill)
      select id, 'one', 'A report', now(), false from feed returning id),
    revision as (insert into revisions (item_id, n, title, html, text, content_hash, state, due_at, saved_at)
      select id, 1, 'A report', '', '', '', 'read', now(), now() from item returning id, item_id)
    insert into takeaways (revision_id, item_id, ordinal, kind, text, evidence)
    select id, item_id, 0, 'stated', 'The figure is 4,000.', '[]' from revision`.execute(db)
  await sql`update editions set slug = '2026-11-23-daily-fault', takeaways = array(select id from takeaways), items = array(select id from items)
    where id = ${edition}`.execute(db)
  const ofGroup = (n: number) => sql`subscriber_id > ${got + n * others} and subscriber_id <= ${got + (n + 1) * others}`
  await sql`update deliveries set state = 'unknown', due_at = null`.execute(db)
  await sql`update deliveries set state = 'failed' where ${ofGroup(0)}`.execute(db)
  await sql`update deliveries set bounced_at = now() where ${ofGroup(1)}`.execute(db)
  await sql`update subscriptions set state = 'ended' where ${ofGroup(2)}`.execute(db)
  await sql`delete from deliveries where ${ofGroup(3)}`.execute(db)
}

const queued = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from deliveries d join editions e on e.id = d.edition_id and e.kind = 'correction'`.execute(
    arena.db,
  )
  return rows[0]?.n ?? 0
}

/** Whether a session of a command waits for a lock. */
const isWaiting = async (): Promise<boolean> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and wait_event in ('advisory', 'relation')`.execute(
    arena.db,
  )
  return (rows[0]?.n ?? 0) > 0
}

/** Kills the command while a lock keeps it at one stage of queuing. */
async function killWhileQueuing(stage: 'before the first delivery' | 'after the last delivery'): Promise<void> {
  const tx = await arena.db.startTransaction().execute()
  if (stage === 'after the last delivery') await lockChain(tx)
  else await sql`lock table deliveries in share row exclusive mode`.execute(tx)
  const command = correct()
  await eventually(isWaiting, `the command to stand ${stage}`, 120_000)
  await command.end('SIGKILL')
  await tx.rollback().execute()
  await eventually(async () => !(await isWaiting()), 'its transaction to end', 60_000)
  expect(await queued()).toBe(0)
}

test('kill -9 while a correction is queued and while it is sent loses nobody, makes no copy and mails nobody else', async () => {
  arena = await openArena(got + 4 * others)
  await tellItem()
  await killWhileQueuing('before the first delivery')
  await killWhileQueuing('after the last delivery')
  const command = correct()
  expect([await command.ended, command.said()]).toEqual([0, `Queued the correction for ${got} readers.\n`])
  const deaths = 2
  let recovery_s = 0
  for (let death = 0; death < deaths; death++) {
    const worker = arena.worker()
    await arena.sent(Math.floor(got / 5))
    await pause(Math.random() * 100)
    if (death < deaths - 1) await killWorker(arena.db, worker)
    else recovery_s = await killAndRecover(arena.db, worker, () => void arena.worker())
  }
  const again = correct()
  await again.ended
  expect(again.said()).toContain('No reader would get the correction')
  const { unknown, ...figures } = await arena.settled(900_000)
  const before = got + 2 * others
  const { rows: owed } = await sql<{ email: string }>`select email from subscribers where id <= ${got}`.execute(
    arena.db,
  )
  const isOwed = new Set(owed.map(({ email }) => email))
  const to_others = arena.sink.offered.filter(({ recipient }) => !isOwed.has(recipient)).length
  const ofCorrection = {
    ...figures,
    audience: await queued(),
    failed: figures.failed - others,
    unknown: unknown - before,
  }
  report(`kill -9 twice while a correction is queued, ${deaths} times while it is sent`, {
    ...ofCorrection,
    to_others,
    recovery_s,
  })
  expect({ ...ofCorrection, to_others }).toMatchObject({ ...clean, audience: got, failed: 0, skipped: 0, to_others: 0 })
  expect(ofCorrection.accepted + ofCorrection.unknown).toBe(got)
  expect(ofCorrection.unknown).toBeLessThanOrEqual(deaths * connections)
}, 1_800_000)
