import { afterAll, beforeAll, expect, test } from 'vitest'
import { oweDigest } from '../delivery/owe-digest.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { runProgram } from '../support/program.ts'

const deliveries = 2100
let desk: Desk
beforeAll(async () => {
  desk = await openDesk(Temporal.Now.instant().add({ minutes: 10 }).toString())
  await oweDigest(desk.app, deliveries)
})
afterAll(() => desk.close())

const list = async (...args: string[]) => {
  const env = { DATABASE_URL: desk.app.config.databaseUrl, SECRET_KEY: desk.app.config.secretKeys[0]!, SAMPLES: '0' }
  return (await runProgram(['deliveries', 'list', ...args], env)).stdout
}
/** The numbers of the readers in the list: reader 1 has the oldest delivery. */
const numbers = (stdout: string): number[] =>
  JSON.parse(stdout).map(({ subscriber }: { subscriber: string }) => Number(/^reader(\d+)@/.exec(subscriber)?.[1]))
const newestFirst = Array.from({ length: deliveries }, (_, n) => deliveries - n)

test('deliveries are listed over several pages, newest first, each once', async () => {
  expect(numbers(await list('--limit', '5000', '--json'))).toEqual(newestFirst)
}, 60_000)

test('the limit may lie within a page, and is 1000 unless it is given', async () => {
  expect(numbers(await list('--limit', '2050', '--json'))).toEqual(newestFirst.slice(0, 2050))
  expect(numbers(await list('--json'))).toEqual(newestFirst.slice(0, 1000))
}, 60_000)

test('the table has one head', async () => {
  const lines = (await list('--limit', '1500')).trimEnd().split('\n')
  expect(lines).toHaveLength(1501)
  expect(lines.filter((line) => line.startsWith('EDITION'))).toHaveLength(1)
}, 60_000)
