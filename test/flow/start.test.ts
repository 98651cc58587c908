import { afterEach, beforeEach, expect, test } from 'vitest'
import { newFolder } from '../support/embedded-folder.ts'
import { freePort } from '../support/free-port.ts'
import { type Program, runProgram, startProgram } from '../support/program.ts'

/** The first command of a newcomer, as a process of its own with the embedded database. */
let env: Record<string, string>
let folder: Awaited<ReturnType<typeof newFolder>>
const started: Program[] = []

beforeEach(async () => {
  folder = await newFolder()
  env = { DATA_DIR: folder.dataDir, PORT: String(await freePort()) }
})

afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.end('SIGKILL')))
  await folder.remove()
})

function start(): Program {
  const program = startProgram(['start'], env)
  started.push(program)
  return program
}

type Delivery = { edition: string; subscriber: string; sending: number; state: string; messageId: string }
const deliveries = async (): Promise<Delivery[]> =>
  JSON.parse((await runProgram(['deliveries', 'list', '--json'], env)).stdout)
const mailbox = async (): Promise<{ to: string; subject: string }[]> =>
  (await (await fetch(`http://localhost:${env.PORT}/mailbox.json`)).json()) as { to: string; subject: string }[]

test('one command mails the sample readers, Ctrl-C ends it, and a second start sends nothing twice', async () => {
  const first = start()
  await first.says(/The sample readers have their mail: 3 digests and 1 alert\./)
  expect(first.said()).toMatch(/admin sign-in {2}http:\/\/localhost:\d+\/admin\/sign-in\/\S+/)
  const mails = await mailbox()
  expect(mails.map((mail) => mail.to).sort()).toEqual([
    'john@readers.example',
    'john@readers.example',
    'mira@readers.example',
    'olena@readers.example',
  ])
  const beside = await Promise.all([deliveries(), runProgram(['feeds', 'list', '--json'], env), deliveries()])
  expect(JSON.parse(beside[1].stdout)).toHaveLength(3)
  expect(beside[0]).toEqual(beside[2])
  expect(await first.end('SIGINT')).toBe(0)

  const second = start()
  await second.says(/Sitrep runs at/)
  await fetch(`http://localhost:${env.PORT}/readyz`)
  await runProgram(['run', '--once'], env)
  expect(await mailbox()).toHaveLength(4)
  expect(await second.end('SIGTERM')).toBe(0)
}, 120_000)

test('a start after kill -9 takes over, and every mail is in the ledger once', async () => {
  const killed = start()
  await killed.says(/Sitrep runs at/)
  await killed.end('SIGKILL')
  const next = start()
  await next.says(/Sitrep runs at/)
  const settled = await eventuallySettled()
  const readers = new Set(settled.map((delivery) => delivery.subscriber))
  expect([...readers].sort()).toEqual(['john@readers.example', 'mira@readers.example', 'olena@readers.example'])
  expect(new Set(settled.map((delivery) => delivery.messageId)).size).toBe(settled.length)
  const accepted = settled.filter((delivery) => delivery.state === 'accepted')
  const unknown = settled.filter((delivery) => delivery.state === 'unknown')
  expect(accepted.length + unknown.length).toBe(settled.length)
  expect(await next.end('SIGINT')).toBe(0)
}, 120_000)

test('a second start on the same port ends with a sentence, and the first goes on', async () => {
  const first = start()
  await first.says(/Sitrep runs at/)
  const second = start()
  await second.says(/The web server cannot listen on 127\.0\.0\.1:\d+: another program uses it/)
  expect(await second.ended).toBe(1)
  expect((await fetch(`http://localhost:${env.PORT}/livez`)).status).toBe(200)
}, 120_000)

/** Three welcomes and an alert, none of them on the way any more. */
async function eventuallySettled(): Promise<Delivery[]> {
  for (let tries = 0; tries < 60; tries++) {
    const all = await deliveries()
    if (all.length >= 4 && all.every(({ state }) => ['accepted', 'unknown', 'failed', 'skipped'].includes(state)))
      return all
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  throw new Error(`Not settled: ${JSON.stringify(await deliveries())}`)
}
