import { afterEach, expect, test } from 'vitest'
import { repeatableKinds } from '../../src/domain/delivery.ts'
import { settleOrphans } from '../../src/store/claims.ts'
import { strike } from '../../src/store/lease.ts'
import { eventually } from '../support/app.ts'
import { type Arena, clean, connections, long, openArena, pause, report } from './arena.ts'
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
      await leaseEnds()
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

/** Time passes until the dead worker's lease is over, and what it held is settled as every living worker would. */
async function leaseEnds(): Promise<void> {
  const now = Temporal.Now.instant()
  await arena.db.transaction().execute(async (tx) => {
    const dead = (await tx.selectFrom('workers').select('id').execute()).map(({ id }) => id)
    await settleOrphans(tx, dead, now, repeatableKinds)
    await strike(tx, dead)
  })
}

test('kill -9 at random while mails go out loses nobody and makes no copy', async () => {
  const [mails, deaths] = long ? [6_000, 24] : [600, 2]
  arena = await openArena(mails)
  arena.sink.script = async (step) => {
    if (step === 'dot') await pause(15 + Math.random() * 30)
    return undefined
  }
  for (let death = 0; death < deaths; death++) {
    const before = arena.sink.taken.length
    const worker = arena.worker()
    await eventually(async () => arena.sink.taken.length > before, 'a first mail', 60_000)
    await pause(Math.random() * 600)
    await worker.end('SIGKILL')
  }
  arena.worker()
  const killedAt = performance.now()
  const figures = await arena.settled(180_000)
  const recovery_s = Math.round((performance.now() - killedAt) / 1000)
  report(`kill -9 at random, ${deaths} times in ${mails} mails`, { ...figures, recovery_s })
  expect(figures).toMatchObject({ ...clean, audience: mails })
  expect(figures.unknown).toBeLessThanOrEqual(deaths * connections)
}, 1_200_000)

test.runIf(long)(
  'a worker frozen past its lease wakes in the middle of a send and does no harm',
  async () => {
    arena = await openArena(3_000)
    arena.sink.script = async (step) => {
      if (step === 'dot') await pause(50)
      return undefined
    }
    const frozen = arena.worker()
    await eventually(async () => arena.sink.taken.length > 200, 'some mails', 60_000)
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
