import { afterAll, describe, expect, test } from 'vitest'
import { openDb } from '../../src/platform/db/db.ts'
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'
import { newFolder } from '../support/embedded-folder.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { type Program, runProgram, startProgram } from '../support/program.ts'
import { endLease } from '../support/workers.ts'

/** The first command of a newcomer, as a process of its own with the embedded database in a new folder. */
type Installation = {
  dataDir: string
  url: string
  start(): Program
  run(...args: string[]): Promise<string>
  mailbox(): Promise<{ to: string; subject: string }[]>
}

const started: Program[] = []
const folders: { remove(): Promise<void> }[] = []
afterAll(async () => {
  await Promise.all(started.map((program) => program.end('SIGKILL')))
  await Promise.all(folders.map((folder) => folder.remove()))
})

async function install(): Promise<Installation> {
  const folder = await newFolder()
  folders.push(folder)
  const env = { DATA_DIR: folder.dataDir, PORT: String(await freePort()) }
  const url = `http://localhost:${env.PORT}`
  return {
    dataDir: folder.dataDir,
    url,
    start() {
      const program = startProgram(['start'], env)
      started.push(program)
      return program
    },
    run: async (...args) => (await runProgram(args, env)).stdout,
    mailbox: async () => (await fetch(`${url}/mailbox.json`)).json() as Promise<{ to: string; subject: string }[]>,
  }
}

describe.concurrent('npm start', () => {
  test('one command mails the sample readers, Ctrl-C ends it, and a second start sends nothing twice', async () => {
    const { start, run, mailbox, url } = await install()
    const first = start()
    await first.says(/Sitrep sent 3 digests and 1 alert to the sample readers\./)
    expect(first.said()).toMatch(/admin sign-in {2}http:\/\/localhost:\d+\/admin\/sign-in\/\S+/)
    const mails = await mailbox()
    expect(mails.map((mail) => mail.to).sort()).toEqual([
      'john@readers.example',
      'john@readers.example',
      'mira@readers.example',
      'olena@readers.example',
    ])
    const deliveries = () => run('deliveries', 'list', '--json')
    const [one, feeds, other] = await Promise.all([deliveries(), run('feeds', 'list', '--json'), deliveries()])
    expect(JSON.parse(feeds)).toHaveLength(4)
    expect(JSON.parse(one)).toEqual(JSON.parse(other))
    expect(await first.end('SIGINT')).toBe(0)

    const second = start()
    await second.says(/Sitrep runs at/)
    await fetch(`${url}/readyz`)
    await run('run', '--once')
    expect(await mailbox()).toHaveLength(4)
    expect(await second.end('SIGTERM')).toBe(0)
  }, 300_000)

  test('a start after kill -9 takes over, and every mail is in the ledger once', async () => {
    const { start, dataDir } = await install()
    const killed = start()
    await killed.says(/Sitrep runs at/)
    await killed.end('SIGKILL')
    const next = start()
    await next.says(/Sitrep runs at/)
    const settled = await settledDeliveries(dataDir, killed)
    const readers = new Set(settled.map((delivery) => delivery.email))
    expect([...readers].sort()).toEqual(['john@readers.example', 'mira@readers.example', 'olena@readers.example'])
    expect(new Set(settled.map((delivery) => delivery.message_id)).size).toBe(settled.length)
    const accepted = settled.filter((delivery) => delivery.state === 'accepted')
    const unknown = settled.filter((delivery) => delivery.state === 'unknown')
    expect(accepted.length + unknown.length).toBe(settled.length)
    expect(await next.end('SIGINT')).toBe(0)
  }, 300_000)

  test('a second start on the same port ends with a sentence, and the first goes on', async () => {
    const { start, url } = await install()
    const first = start()
    await first.says(/Sitrep runs at/)
    const second = start()
    await second.says(/The web server cannot listen on 127\.0\.0\.1:\d+: another program uses it/)
    expect(await second.ended).toBe(1)
    expect((await fetch(`${url}/livez`)).status).toBe(200)
  }, 300_000)
})

/** Three welcomes and an alert, once the lease of the killed program has ended and none of them is on its way any more. */
async function settledDeliveries(dataDir: string, killed: Program) {
  const server = await openEmbeddedPostgres({ dataDir })
  const { db } = openDb(server.url, { max: 1 })
  try {
    await endLease(db, killed.process)
    const final = ['accepted', 'unknown', 'failed', 'skipped']
    return await eventually(
      async () => {
        const query = db.selectFrom('deliveries as d').innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
        const all = await query.select(['p.email', 'd.state', 'd.message_id']).execute()
        return all.length >= 4 && all.every(({ state }) => final.includes(state)) && all
      },
      'four deliveries to settle',
      150_000,
    )
  } finally {
    await db.destroy()
    await server.close()
  }
}
