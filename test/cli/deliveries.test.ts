import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../support/command.ts'
import { createDigest } from '../support/deliveries.ts'
import { runProgram } from '../support/program.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

const deliveries = 2100
let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ at: Temporal.Now.instant().add({ minutes: 10 }), sink: true })
  await createDigest(app, deliveries)
})
afterAll(() => app.close())

const list = async (run: typeof runCommand, ...args: string[]) =>
  (await run(['deliveries', 'list', ...args], settingsOf(app))).stdout
/** The numbers of the readers in the list: reader 1 has the oldest delivery. */
const numbers = (stdout: string): number[] =>
  JSON.parse(stdout).map(({ subscriber }: { subscriber: string }) => Number(/^reader(\d+)@/.exec(subscriber)?.[1]))
const newestFirst = Array.from({ length: deliveries }, (_, n) => deliveries - n)

test('deliveries are listed over several pages, newest first, each once', async () => {
  expect(numbers(await list(runCommand, '--limit', '5000', '--json'))).toEqual(newestFirst)
})

test('the limit may lie within a page, and is 1000 unless it is given', async () => {
  expect(numbers(await list(runCommand, '--limit', '2050', '--json'))).toEqual(newestFirst.slice(0, 2050))
  expect(numbers(await list(runCommand, '--json'))).toEqual(newestFirst.slice(0, 1000))
})

test('the table has one head', async () => {
  const lines = (await list(runProgram, '--limit', '1500')).trimEnd().split('\n')
  expect(lines).toHaveLength(1501)
  expect(lines.filter((line) => line.startsWith('EDITION'))).toHaveLength(1)
})
