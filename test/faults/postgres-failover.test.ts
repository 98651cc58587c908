import { afterEach, expect, test } from 'vitest'
import { type Arena, clean, connections, long, openArena, pause, report } from './arena.ts'
import { type Cluster, startCluster } from './cluster.ts'

const mails = long ? 4_000 : 300
/** From the crash until the standby is promoted: what a failover manager takes. */
const promotedAfterMs = 2_000
const open: { arena?: Arena; cluster?: Cluster } = {}
afterEach(async () => {
  await open.arena?.close()
  await open.cluster?.close()
})

test('the primary crashes in the middle of a digest, and the promoted standby gets the rest: nothing is lost or sent twice', async () => {
  const cluster = await startCluster()
  open.cluster = cluster
  const arena = await openArena(mails, cluster.createDb)
  open.arena = arena
  await cluster.addStandby()
  arena.sink.script = async (step) => void (step === 'dot' && (await pause(20)))
  arena.worker()
  await arena.sent(mails / 5)
  await cluster.crash()
  const crashed = performance.now()
  await pause(promotedAfterMs)
  const before = arena.sink.taken.length
  await cluster.promote()
  await arena.sent(Math.max(0, before + 1 - arena.sink.taken.length))
  const delay_s = Math.round((performance.now() - crashed) / 100) / 10
  const figures = await arena.settled()
  report('primary crashed, standby promoted after 2 s', { ...figures, delay_s })
  expect(figures).toMatchObject({ ...clean, audience: mails })
  expect(figures.accepted + figures.unknown).toBe(mails)
  expect(figures.unknown).toBeLessThanOrEqual(connections)
}, 300_000)
