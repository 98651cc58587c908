import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../test/support/free-port.ts'
import { createDataFolder } from './support/data-folder.ts'
import { median } from './support/quantile.ts'

export const name = 'start'

const rounds = 3
const patienceMs = 60_000
const quietMs = 15_000

/**
 * The first start on an empty folder, as a newcomer has it, with everything in one process: milliseconds until it says
 * that it is ready and until the first mail is in the mailbox, and its resident memory when nothing is left to do.
 * Medians of three starts. The memory is that of the program without its PostgreSQL, and is measured on Linux only.
 */
export async function run(): Promise<Record<string, number>> {
  const found: Figures[] = []
  for (let round = 0; round < rounds; round++) found.push(await startOnce())
  const keys = Object.keys(found[0]!) as (keyof Figures)[]
  return Object.fromEntries(keys.map((key) => [key, median(found.map((figures) => figures[key]))]))
}

type Figures = { ready_ms: number; first_mail_ms: number; idle_rss_mb: number }

async function startOnce(): Promise<Figures> {
  const folder = await createDataFolder()
  const port = await freePort()
  const begun = performance.now()
  const child = start(folder.path, port)
  try {
    return await measure(child, `http://127.0.0.1:${port}`, begun)
  } finally {
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    await folder.remove()
  }
}

async function measure(child: ChildProcess, address: string, begun: number): Promise<Figures> {
  const until = async (what: string, check: () => Promise<boolean>): Promise<number> => {
    while (!(await check().catch(() => false))) {
      if (child.exitCode !== null) throw new Error(`The program ended with code ${child.exitCode} before ${what}`)
      if (performance.now() - begun > patienceMs) throw new Error(`No ${what} after ${patienceMs} ms`)
      await delay(20)
    }
    return Math.round(performance.now() - begun)
  }
  const ready = await until('readiness', async () => (await fetch(`${address}/readyz`)).ok)
  const firstMail = await until('first mail', async () => (await countMails(address)) > 0)
  await untilNoMoreMail(address)
  await delay(quietMs)
  return { ready_ms: ready, first_mail_ms: firstMail, idle_rss_mb: await residentMegabytes(child.pid!) }
}

/** Plain settings, whatever the shell has set: the newcomer's start. */
function start(dataDir: string, port: number): ChildProcess {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir, PORT: String(port) }
  const program = join(import.meta.dirname, '..', 'src', 'main.ts')
  return spawn(process.execPath, [program, 'start'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
}

async function untilNoMoreMail(address: string): Promise<void> {
  let before = -1
  for (let count = 0; count !== before; await delay(3_000)) {
    before = count
    count = await countMails(address)
  }
}

async function countMails(address: string): Promise<number> {
  const mails = (await (await fetch(`${address}/mailbox.json`)).json()) as unknown[]
  return mails.length
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN)
  return Math.round(kilobytes / 102.4) / 10
}
