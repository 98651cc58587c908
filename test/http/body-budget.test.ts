import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createBodyBudget } from '../../src/http/body-budget.ts'

const sizes = { free: 10, shared: 100 }

/** Whether a promise resolves without anything else happening. */
const isDone = (work: Promise<unknown>) => Promise.race([work.then(() => true), delay(20, false)])

test('bodies share the budget, one may go beyond it, and the others wait in their order', async () => {
  const { open } = createBodyBudget(sizes)
  const [one, two, three, four] = [open(), open(), open(), open()]
  await one.grow(60)
  await two.grow(40)
  await three.grow(90) // the one beyond the budget
  await three.grow(200)
  let waits = 0
  const late = open(() => waits++)
  const growing = late.grow(50)
  expect(await isDone(growing)).toBe(false)
  expect(await isDone(four.grow(10))).toBe(true)
  three.release()
  expect(await isDone(growing)).toBe(true)
  expect(waits).toBe(1)
})

test('bodies that all need more than is left end one after the other, and never wait for each other', async () => {
  const { open } = createBodyBudget(sizes)
  let [most, now] = [0, 0]
  const read = async () => {
    const account = open()
    for (let bytes = 20; bytes <= 100; bytes += 20) {
      await account.grow(bytes)
      now += 20
      most = Math.max(most, now)
      await delay(1)
    }
    account.release()
    now -= 100
  }
  await Promise.all(Array.from({ length: 20 }, read))
  expect(most).toBeLessThanOrEqual(200)
})

test('a body that waits ends when its request is aborted', async () => {
  const { open } = createBodyBudget(sizes)
  await open().grow(100)
  await open().grow(100)
  const abort = new AbortController()
  const growing = open().grow(50, abort.signal)
  abort.abort(new Error('the worker stops'))
  await expect(growing).rejects.toThrow('the worker stops')
})
