import type { KyselyPlugin, QueryId } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { claimDeliveries } from '../../src/delivery/store/claims.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { isSuppressed } from '../../src/readers/store/suppressions.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { recoverWork } from '../../src/worker/recover.ts'
import { mira, network, olena } from '../support/people.ts'
import { join, suppressAddress } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  await report(app, 'one', [strike])
})
afterEach(() => app.close())

const ledger = () => app.db.selectFrom('deliveries').selectAll().orderBy('id').execute()

/** Enters readers and creates their welcome digests; nothing is sent yet. */
async function welcome(...readers: (typeof olena)[]): Promise<void> {
  await join(app, ...readers)
  await welcomeNewcomers(app)
}

test('what the mail server takes is accepted, with its reply, once', async () => {
  await welcome(olena, mira)
  expect(await deliverMail(app)).toBe(2)
  expect(await deliverMail(app)).toBe(0)
  expect((await ledger()).map(({ state, attempts }) => ({ state, attempts }))).toEqual([
    { state: 'accepted', attempts: 1 },
    { state: 'accepted', attempts: 1 },
  ])
  expect(app.sink.messages).toHaveLength(2)
})

test('a busy server is asked again later, with the same Message-ID and the same date', async () => {
  await welcome(olena)
  app.sink.onMessage = () => ({ code: 451, text: '4.3.0 try again later' })
  await deliverMail(app)
  const [deferred] = await ledger()
  expect(deferred).toMatchObject({ state: 'deferred', attempts: 1 })
  expect(deferred!.due_at!.toString()).toBe('2026-11-23T12:05:00Z')
  app.clock.at('2026-11-23T12:04:59Z')
  expect(await deliverMail(app)).toBe(0)
  app.sink.onMessage = () => undefined
  app.clock.at('2026-11-23T12:05:00Z')
  expect(await deliverMail(app)).toBe(1)
  expect(app.sink.messages[0]!.parsed.messageId).toBe(deferred!.message_id)
  expect(app.sink.messages[0]!.parsed.date!.toISOString()).toBe('2026-11-23T12:00:00.000Z')
})

test('a dead address fails and is never mailed again; a refusal of our policy only fails', async () => {
  await welcome(olena, mira)
  app.sink.onRecipient = (address) =>
    address === olena.email
      ? { code: 550, text: '5.1.1 no such user' }
      : { code: 554, text: '5.7.1 we do not like you' }
  await deliverMail(app)
  expect((await ledger()).map((delivery) => delivery.state)).toEqual(['failed', 'failed'])
  expect(await isSuppressed(app.db, olena.email)).toBe(true)
  expect(await isSuppressed(app.db, mira.email)).toBe(false)
})

test('a digest whose answer was lost after the dot is unknown and is held', async () => {
  await welcome(olena)
  app.sink.onMessage = () => 'lost-reply'
  await deliverMail(app)
  expect(await ledger()).toMatchObject([{ state: 'unknown', attempts: 1 }])
  app.sink.onMessage = () => undefined
  app.clock.at('2026-11-23T18:00:00Z')
  expect(await deliverMail(app)).toBe(0)
  expect(app.sink.messages).toHaveLength(1)
})

test('a confirmation whose answer was lost is sent again, with the same Message-ID', async () => {
  await subscribe(app, olena, network)
  app.sink.onMessage = () => 'lost-reply'
  await deliverMail(app)
  expect(await ledger()).toMatchObject([{ state: 'deferred' }])
  app.sink.onMessage = () => undefined
  app.clock.at('2026-11-23T12:06:00Z')
  expect(await deliverMail(app)).toBe(1)
  const [first, second] = app.sink.messages
  expect(first!.parsed.messageId).toBe(second!.parsed.messageId)
})

test('who leaves or is suppressed after the edition closed is skipped, with the reason', async () => {
  await welcome(olena, mira)
  await app.db.updateTable('subscriptions').set({ state: 'ended' }).where('zone', '=', 'Europe/Kyiv').execute()
  await suppressAddress(app, mira.email)
  expect(await deliverMail(app)).toBe(0)
  expect((await ledger()).map(({ state, reason }) => `${state}: ${reason}`)).toEqual([
    'skipped: unsubscribed',
    'skipped: suppressed',
  ])
  expect(app.sink.messages).toEqual([])
})

test('when our relay cannot be used nothing fails: all wait, and the alarm says why', async () => {
  await welcome(olena, mira)
  await app.sink.close()
  await deliverMail(app)
  expect((await ledger()).map(({ state, attempts }) => ({ state, attempts }))).toEqual([
    { state: 'due', attempts: 0 },
    { state: 'due', attempts: 0 },
  ])
  const alarm = await app.db.selectFrom('settings').selectAll().where('key', '=', 'relay_trouble').execute()
  expect(JSON.stringify(alarm)).toContain('ECONNREFUSED')
})

test('what a dead worker had claimed is due again; what it had submitted is unknown, but for confirmations', async () => {
  await welcome(olena, mira)
  await subscribe(app, { ...olena, email: 'new@example.org' }, network)
  await claimDeliveries(app.db, app.worker.id, app.now(), 10)
  const submitted = [olena.email, 'new@example.org']
  await app.db
    .updateTable('deliveries')
    .set({ state: 'submitted' })
    .where('subscriber_id', 'in', (eb) => eb.selectFrom('subscribers').select('id').where('email', 'in', submitted))
    .execute()
  expect(await recoverWork(app)).toBe(0)
  const longAgo = Temporal.Now.instant().subtract({ seconds: 16 })
  await app.db.updateTable('workers').set({ heartbeat_at: longAgo }).execute()
  expect(await recoverWork(app)).toBe(1)
  expect((await ledger()).map((delivery) => delivery.state)).toEqual(['unknown', 'due', 'due'])
})

test('a worker that was taken for dead can neither begin a mail nor record one', async () => {
  await welcome(olena)
  app.sink.onMessage = async () => {
    await app.db.updateTable('deliveries').set({ state: 'unknown', claim_id: null }).execute()
    return undefined
  }
  await deliverMail(app)
  expect(await ledger()).toMatchObject([{ state: 'unknown' }])
  await app.db.updateTable('deliveries').set({ state: 'due', due_at: app.now() }).execute()
  await app.db
    .updateTable('workers')
    .set({ heartbeat_at: Temporal.Instant.from('2020-01-01T00:00:00Z') })
    .execute()
  app.sink.onMessage = () => undefined
  await deliverMail(app)
  expect(app.sink.messages).toHaveLength(1)
  expect(await ledger()).toMatchObject([{ state: 'due' }])
})

test('a mail that was said to be submitted and not begun, for nobody heard it, is due again', async () => {
  await welcome(olena)
  const stopping = new AbortController()
  app.ledger = app.ledger.withPlugin(loseFirstAnswer('record_and_begin', () => stopping.abort()))
  expect(await deliverMail(app, stopping.signal)).toBe(0)
  expect(await ledger()).toMatchObject([{ state: 'due', attempts: 0 }])
  expect(await deliverMail(app)).toBe(1)
})

test('what was claimed and not heard of is due again', async () => {
  await welcome(olena)
  app.ledger = app.ledger.withPlugin(loseFirstAnswer('claim_deliveries'))
  await expect(deliverMail(app)).rejects.toThrow('terminated')
  expect(await ledger()).toMatchObject([{ state: 'due', attempts: 0 }])
  expect(await deliverMail(app)).toBe(1)
})

/** The database commits a statement, and the connection breaks before it says so. */
function loseFirstAnswer(statement: string, lost = () => {}): KyselyPlugin {
  let query: QueryId | undefined
  return {
    transformQuery({ node, queryId }) {
      if (JSON.stringify(node).includes(`/* ${statement} */`)) query ??= queryId
      return node
    },
    async transformResult({ result, queryId }) {
      if (queryId !== query) return result
      lost()
      throw new Error('Connection terminated unexpectedly')
    },
  }
}
