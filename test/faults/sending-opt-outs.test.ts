import { afterEach, expect, test } from 'vitest'
import { type Arena, clean, long, openArena, pause, report } from './arena.ts'

let arena: Arena
afterEach(() => arena.close())

const optOuts = long ? 500 : 60
const readers = optOuts * 4

test('nobody gets mail begun after their opt-out was acknowledged', async () => {
  arena = await openArena(readers)
  arena.sink.script = async (step) => void (step === 'dot' && (await pause(10)))
  arena.worker()
  await arena.sent(10)
  const gone = new Map<string, number>()
  for (let n = readers; gone.size < optOuts; n -= 3) gone.set(await optOut(n), performance.now())
  const figures = await arena.settled()
  const late = arena.sink.taken.filter(({ recipient, begunAt }) => begunAt > (gone.get(recipient) ?? Infinity) + 1000)
  report(`${optOuts} opt-outs during a send`, { ...figures, late: late.length })
  expect(late).toEqual([])
  expect(figures).toMatchObject({ ...clean, unknown: 0 })
  expect(figures.skipped).toBeGreaterThan(0)
}, 240_000)

async function optOut(n: number): Promise<string> {
  const email = `reader${n}@example${n % 50}.org`
  const reader = arena.db.selectFrom('subscribers').select('id').where('email', '=', email)
  await arena.db.updateTable('subscriptions').set({ state: 'ended' }).where('subscriber_id', '=', reader).execute()
  return email
}
