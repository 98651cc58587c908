import { afterEach, expect, test } from 'vitest'
import { createDeliveries } from '../support/deliveries.ts'
import { eventually } from '../support/eventually.ts'
import type { Program } from '../support/program.ts'
import { type Arena, clean, connections, long, longTest, openArena, pause, report } from './arena.ts'
import { heldBy, isEnlisted, killAndRecover, killWorker, leaseEnds } from './lease.ts'
import type { Step } from './sink.ts'

let arena: Arena
afterEach(() => arena.close())

const kills = long ? 20 : 1
const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0)

/** Kills at a step of a random mail; resolves when that worker is dead. */
async function killAt(step: Step, after: number): Promise<void> {
  const worker = arena.worker()
  const { promise, resolve } = Promise.withResolvers<void>()
  let seen = 0
  arena.sink.script = (now) => {
    if (now === step && seen++ === after) worker.end('SIGKILL').then(() => resolve())
    return undefined
  }
  await promise
  arena.sink.script = () => undefined
}

const steps: Step[] = long ? ['connect', 'mail', 'rcpt', 'data', 'dot', 'reply'] : ['dot', 'reply']

for (const step of steps) {
  test(`kill -9 at ${step} loses nobody and makes no copy; unknown is at most one for each connection`, async () => {
    arena = await openArena(kills * 400)
    const unknowns: number[] = []
    for (let kill = 0; kill < kills; kill++) {
      await killAt(step, step === 'connect' ? kill % connections : Math.floor(Math.random() * 100))
      await leaseEnds(arena.db)
      const before = sum(unknowns)
      unknowns.push((await arena.join()).unknown - before)
    }
    arena.worker()
    const figures = await arena.settled()
    report(`kill -9 at ${step}, ${kills} times`, { ...figures, most_unknown_per_kill: Math.max(...unknowns) })
    expect(figures).toMatchObject({ ...clean, audience: kills * 400 })
    expect(Math.max(...unknowns)).toBeLessThanOrEqual(connections)
  }, 1_800_000)
}

test('kill -9 at random while mails go out loses nobody and makes no copy', async () => {
  const [mails, deaths] = long ? [6_000, 24] : [600, 2]
  arena = await openArena(mails)
  arena.sink.script = async (step) => {
    if (step === 'dot') await pause(15 + Math.random() * 30)
    return undefined
  }
  let recovery_s = 0
  for (let death = 0; death < deaths; death++) {
    const worker = arena.worker()
    await arena.sent(1)
    await pause(Math.random() * 600)
    if (death < deaths - 1) await killWorker(arena.db, worker)
    else recovery_s = await killAndRecover(arena.db, worker, () => void arena.worker())
  }
  const figures = await arena.settled()
  report(`kill -9 at random, ${deaths} times in ${mails} mails`, { ...figures, recovery_s })
  expect(figures).toMatchObject({ ...clean, audience: mails })
  expect(figures.unknown).toBeLessThanOrEqual(deaths * connections)
}, 1_200_000)

longTest(
  'a living worker takes over within 20 s from one that was killed',
  async () => {
    const deaths = 5
    arena = await openArena(200)
    const times: number[] = []
    let doomed = arena.worker()
    for (let death = 0; death < deaths; death++) {
      const gate = Promise.withResolvers<undefined>()
      arena.sink.script = (step) => (step === 'dot' ? gate.promise : undefined)
      if (death) await createDeliveries(arena.db, arena.edition, death, 200)
      await eventually(() => hasSubmitted(doomed), 'mails under way', 60_000)
      const living = arena.worker()
      await eventually(() => isEnlisted(arena.db, living), 'another worker', 60_000)
      times.push(await killAndRecover(arena.db, doomed, () => gate.resolve(undefined)))
      await arena.settled()
      doomed = living
    }
    const figures = await arena.join()
    const recovery_s = Math.max(...times)
    report(`kill -9 beside a living worker, ${deaths} times`, { ...figures, recovery_s })
    expect(figures).toMatchObject({ ...clean, audience: deaths * 200 })
    expect(figures.unknown).toBeLessThanOrEqual(deaths * connections)
    expect(recovery_s).toBeLessThanOrEqual(20)
  },
  600_000,
)

const hasSubmitted = async (worker: Program) =>
  (await heldBy(arena.db, worker)).some(({ state }) => state === 'submitted')

longTest(
  'a worker frozen past its lease wakes in the middle of a send and does no harm',
  async () => {
    arena = await openArena(3_000)
    arena.sink.script = async (step) => {
      if (step === 'dot') await pause(50)
      return undefined
    }
    const frozen = arena.worker()
    await arena.sent(200)
    frozen.process.kill('SIGSTOP')
    arena.worker()
    await pause(60_000)
    frozen.process.kill('SIGCONT')
    const figures = await arena.settled()
    report('SIGSTOP for 60 s', figures)
    expect(figures).toMatchObject(clean)
    expect(figures.unknown).toBeLessThanOrEqual(connections)
  },
  300_000,
)
