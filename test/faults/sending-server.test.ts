import { afterEach, expect, test } from 'vitest'
import { eventually } from '../support/app.ts'
import { type Arena, clean, connections, long, openArena, pause, report } from './arena.ts'

let arena: Arena
afterEach(() => arena.close())

const mails = long ? 2_000 : 200
const everyTenth = (n: number, act: string) => (n % 10 === 5 ? act : undefined)

test('a reset before DATA is tried again; nothing is unknown', async () => {
  arena = await openArena(mails)
  let broken = 0
  arena.sink.script = (step, { n }) =>
    step === 'rcpt' && broken < mails / 10 && broken++ >= 0 ? everyTenth(n, 'reset') : undefined
  arena.worker()
  const figures = await arena.settled()
  report('reset before DATA', figures)
  expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
}, 240_000)

test('a reset after the dot, taken or not, is unknown and is held', async () => {
  arena = await openArena(mails)
  let lost = 0
  const breakOff = (n: number) => (everyTenth(n, 'reset') && ++lost ? 'reset' : undefined)
  arena.sink.script = (step, { n }) =>
    step === 'dot' && n % 2 === 1
      ? breakOff(n)
      : step === 'reply'
        ? everyTenth(n + 5, 'reset') && breakOff(5)
        : undefined
  arena.worker()
  const figures = await arena.settled()
  report('reset after the dot, and lost 250', { ...figures, broken: lost })
  expect(figures).toMatchObject({ ...clean, unknown: lost })
  expect(lost).toBeGreaterThan(0)
}, 240_000)

test('a storm of 421 on one domain delays only that domain', async () => {
  arena = await openArena(mails)
  const storm = 'example7.org'
  let storming = true
  arena.sink.script = (step, { recipient }) =>
    step === 'rcpt' && storming && recipient.endsWith(`@${storm}`) ? '421 4.7.0 too many' : undefined
  arena.worker()
  const others = mails - mails / 50
  await eventually(async () => arena.sink.taken.length >= others, 'all other domains', 60_000)
  storming = false
  const figures = await arena.settled()
  report('421 storm on one domain of 50', figures)
  expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
}, 240_000)

test('a tarpit holds the connection that fell into it, and no other', async () => {
  arena = await openArena(mails)
  const released = Promise.withResolvers<void>()
  let stuck = 0
  arena.sink.script = async (step) => {
    if (step === 'dot' && stuck < connections - 2 && stuck++ >= 0) await released.promise
    return undefined
  }
  arena.worker()
  await eventually(async () => arena.sink.taken.length >= mails - stuck, 'the rest on two connections', 60_000)
  released.resolve()
  const figures = await arena.settled()
  report('tarpit on 8 of 10 connections', figures)
  expect(figures).toMatchObject({ ...clean, unknown: 0, accepted: mails })
}, 240_000)

test('nobody gets mail begun after their opt-out was acknowledged', async () => {
  const optOuts = long ? 500 : 60
  arena = await openArena(optOuts * 4)
  arena.sink.script = async (step) => void (step === 'dot' && (await pause(10)))
  arena.worker()
  await eventually(async () => arena.sink.taken.length > 10, 'the first mails', 60_000)
  const gone = new Map<string, number>()
  for (let n = optOuts * 4; gone.size < optOuts; n -= 3) {
    const email = `reader${n}@example${n % 50}.org`
    const { id } = await arena.db
      .selectFrom('subscribers')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    await arena.db.updateTable('subscriptions').set({ state: 'ended' }).where('subscriber_id', '=', id).execute()
    gone.set(email, performance.now())
  }
  const figures = await arena.settled()
  const late = arena.sink.taken.filter(({ recipient, begunAt }) => begunAt > (gone.get(recipient) ?? Infinity) + 1000)
  report(`${optOuts} opt-outs during a send`, { ...figures, late: late.length })
  expect(late).toEqual([])
  expect(figures).toMatchObject({ ...clean, unknown: 0 })
  expect(figures.skipped).toBeGreaterThan(0)
}, 240_000)

test('SIGTERM ends within 30 s while the mail server answers nothing, and says what is unknown', async () => {
  arena = await openArena(mails)
  arena.sink.script = (step) => (step === 'dot' ? new Promise<undefined>(() => {}) : undefined)
  const worker = arena.worker()
  await eventually(async () => arena.sink.open() === connections, 'all connections', 60_000)
  await pause(1_000)
  const asked = performance.now()
  await worker.end('SIGTERM')
  const seconds = Math.round((performance.now() - asked) / 1000)
  const figures = await arena.join()
  report('SIGTERM, mail server black-holed', { unknown: figures.unknown, extra: figures.extra, seconds })
  expect(seconds).toBeLessThanOrEqual(30)
  expect(figures.unknown).toBe(connections)
}, 120_000)
