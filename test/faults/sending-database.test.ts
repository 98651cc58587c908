import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startProxy, type TcpProxy } from '../support/proxy.ts'
import { type Arena, clean, connections, long, longTest, openArena, pause, report } from './arena.ts'
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts'

const [mails, restarts] = long ? [2_000, 10] : [400, 1]
let postgres: OwnPostgres
let arena: Arena
let proxy: TcpProxy | undefined
beforeAll(async () => {
  postgres = await startOwnPostgres()
})
afterEach(async () => {
  await proxy?.close()
  proxy = undefined
  await arena.close()
})
afterAll(() => postgres.close())

/** A send that lasts a few seconds, a third of it done. */
async function inTheMiddle(): Promise<void> {
  arena = await openArena(mails, postgres.createDb)
  arena.sink.script = async (step) => void (step === 'dot' && (await pause(40)))
}

/** How many mails were begun while the database was gone, but for those that were said submitted before. */
function begunBetween(gone: number, back: number): number {
  return arena.sink.taken.filter(({ begunAt }) => begunAt > gone + 1_000 && begunAt < back).length
}

for (const how of long ? (['fast', 'immediate'] as const) : (['immediate'] as const)) {
  test(`the database is restarted (${how}) in the middle of a send, which goes on by itself`, async () => {
    await inTheMiddle()
    arena.worker()
    for (let n = 0; n < restarts; n++) {
      await arena.sent(50)
      await pause(Math.random() * 200)
      await postgres.restart(how)
    }
    const figures = await arena.settled()
    report(`database restarted ${restarts} times (${how})`, figures)
    expect(figures).toMatchObject(clean)
    expect(figures.unknown).toBeLessThanOrEqual(restarts * connections)
  }, 300_000)
}

longTest(
  'nothing is sent while the database is down, and afterwards everything',
  async () => {
    await inTheMiddle()
    arena.worker()
    await arena.sent(mails / 3)
    await postgres.stop('fast')
    const gone = performance.now()
    await pause(30_000)
    const back = performance.now()
    await postgres.start()
    const figures = await arena.settled()
    const sent_while_gone = begunBetween(gone, back)
    report('database down for 30 s', { ...figures, sent_while_gone })
    expect(figures).toMatchObject(clean)
    expect(figures.unknown).toBeLessThanOrEqual(connections)
    expect(sent_while_gone).toBe(0)
  },
  300_000,
)

test('nothing is sent while the database is read-only, and afterwards everything', async () => {
  await inTheMiddle()
  arena.worker()
  await arena.sent(mails / 4)
  await postgres.setReadOnly(true)
  const gone = performance.now()
  await pause(long ? 30_000 : 3_000)
  const back = performance.now()
  await postgres.setReadOnly(false)
  const figures = await arena.settled()
  const sent_while_gone = begunBetween(gone, back)
  const delay_s = Math.round((performance.now() - back) / 1000)
  report('database read-only', { ...figures, sent_while_gone, delay_s })
  expect(figures).toMatchObject({ ...clean, accepted: mails - figures.unknown })
  expect(figures.unknown).toBeLessThanOrEqual(connections)
  expect(sent_while_gone).toBe(0)
}, 300_000)

for (const after of ['heal', 'reset', 'forget'] as const) {
  longTest(
    `nothing is sent while the database is black-holed, and everything after a ${after}`,
    async () => {
      await inTheMiddle()
      proxy = await startProxy(postgres.port)
      arena.worker({ DATABASE_URL: proxy.through(arena.databaseUrl) })
      await arena.sent(mails / 3)
      proxy.blackhole()
      const gone = performance.now()
      await pause(30_000)
      const back = performance.now()
      proxy[after]()
      proxy.heal()
      const figures = await arena.settled()
      const sent_while_gone = begunBetween(gone, back)
      const delay_s = Math.round((performance.now() - back) / 1000)
      report(`database black-holed for 30 s, then ${after}`, { ...figures, sent_while_gone, delay_s })
      expect(figures).toMatchObject(clean)
      expect(figures.unknown).toBeLessThanOrEqual(connections)
      expect(sent_while_gone).toBe(0)
    },
    300_000,
  )
}
