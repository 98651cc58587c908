import { afterEach, beforeEach, expect, test } from 'vitest'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { eventually } from '../support/eventually.ts'
import { olena } from '../support/people.ts'
import { type Program, startProgram } from '../support/program.ts'
import { join } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'
import { endLease } from '../support/workers.ts'

const readers = 60
let app: TestApp
const workers: Program[] = []

beforeEach(async () => {
  app = await openTestApp({ at: Temporal.Now.instant(), sink: true })
  await report(app, 'one', [strike])
  await join(app, ...Array.from({ length: readers }, (_, n) => ({ ...olena, email: `reader${n}@example.org` })))
  await welcomeNewcomers(app)
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.end('SIGKILL')))
  await app.close()
})

function startWorker(): Program {
  const worker = startProgram(['worker'], { ...settingsOf(app), LOG_LEVEL: 'error' })
  workers.push(worker)
  return worker
}

const ledger = () => app.db.selectFrom('deliveries').select(['state', 'message_id', 'reason']).execute()

test('kill -9 during a send loses and doubles no mail; deliveries that cannot be known are unknown', async () => {
  app.sink.onMessage = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100))
    return undefined
  }
  const first = startWorker()
  await app.sink.waitFor(10, 30_000)
  await first.end('SIGKILL')
  await endLease(app.db, first.process)
  startWorker()
  const settled = await eventually(
    async () => {
      const rows = await ledger()
      return rows.every(({ state }) => state === 'accepted' || state === 'unknown') && rows
    },
    'all deliveries to settle',
    150_000,
  )
  expect(settled).toHaveLength(readers)
  const arrived = app.sink.messages.map((mail) => mail.parsed.messageId!)
  expect(new Set(arrived).size).toBe(arrived.length)
  const accepted = settled.filter(({ state }) => state === 'accepted')
  for (const { message_id } of accepted) expect(arrived).toContain(message_id)
  const unknown = settled.filter(({ state }) => state === 'unknown')
  expect(unknown.every(({ reason }) => reason === 'the worker stopped before the relay confirmed the mail')).toBe(true)
  expect(unknown.length).toBeLessThanOrEqual(16)
}, 300_000)

test('SIGTERM during a send ends within 30 s with every result recorded', async () => {
  app.sink.onMessage = async () => {
    await new Promise((resolve) => setTimeout(resolve, 200))
    return undefined
  }
  const worker = startWorker()
  await app.sink.waitFor(5, 30_000)
  expect(await worker.end('SIGTERM')).toBe(0)
  const byState = Object.groupBy(await ledger(), ({ state }) => state)
  const counts = Object.fromEntries(Object.entries(byState).map(([state, rows]) => [state, rows.length]))
  const accepted = app.sink.messages.length
  expect(counts).toEqual({ accepted, due: readers - accepted })
}, 300_000)
