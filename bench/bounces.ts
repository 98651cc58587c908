import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { verpAddress } from '../src/delivery/bounces/verp.ts'
import { newSecretKey } from '../src/readers/rules/token.ts'
import { eventually } from '../test/support/eventually.ts'
import { freePort } from '../test/support/free-port.ts'
import { startProgram } from '../test/support/program.ts'
import { createDataFolder } from './support/data-folder.ts'
import { memoryOf, peakWhile } from './support/memory.ts'

export const name = 'bounces'

const domain = 'bounces.example.org'
const largeMails = 10
const largeMb = 600
const clients = 400

/**
 * The memory of a worker in MB while its bounce port is flooded, above that of the idle worker: by ten mails of 600 MB at once,
 * and by 400 connections at once, each with a mail of 1.9 MB that does not end. And how many of the large mails got 552.
 */
export async function run(): Promise<Record<string, number>> {
  const [folder, port, secret] = [await createDataFolder(), await freePort(), newSecretKey()]
  const settings = { SECRET_KEY: secret, LOG_LEVEL: 'error', SAMPLES: '0', DATA_DIR: folder.path }
  const env = { ...settings, BOUNCE_DOMAIN: domain, BOUNCE_PORT: String(port) }
  const worker = startProgram(['worker'], env, ['--max-semi-space-size=4']) // as the container does
  const to = verpAddress([secret], { id: 1, link_nonce: '0'.repeat(20) }, domain)
  try {
    await eventually(async () => (await greetingOf(port)) === '220', 'the bounce port', 60_000)
    await sendOne(port, to, 0.01) // the libraries are loaded, and the thread runs
    await delay(30_000) // what a worker loads after its start is loaded
    const idle = memoryOf(worker.process.pid!)
    const large = await peakWhile(worker.process.pid!, () =>
      Promise.all(Array.from({ length: largeMails }, () => sendOne(port, to, largeMb))),
    )
    await delay(5_000)
    const many = await peakWhile(worker.process.pid!, () => openMany(port, to))
    const codes = large.result.filter((reply) => reply.startsWith('552')).length
    return {
      idle_mb: idle,
      large_mails_mb: large.peak - idle,
      replies_552: codes,
      connections_mb: many.peak - idle,
      heard: many.result,
    }
  } finally {
    await worker.end('SIGTERM')
    await folder.remove()
  }
}

async function greetingOf(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  try {
    return String(await once(socket, 'data')).slice(0, 3)
  } catch {
    return ''
  } finally {
    socket.destroy()
  }
}

/** Opens a connection up to DATA; undefined when the server turns it away. */
async function begin(port: number, to: string): Promise<Socket | undefined> {
  const socket = connect(port, '127.0.0.1')
  socket.setMaxListeners(0)
  socket.on('error', () => {})
  const say = async (line?: string): Promise<string> => {
    if (line) socket.write(`${line}\r\n`)
    return String(await Promise.race([once(socket, 'data'), once(socket, 'close')]))
  }
  if (!(await say()).startsWith('220')) return undefined
  for (const line of ['EHLO mx.example.org', 'MAIL FROM:<>', `RCPT TO:<${to}>`, 'DATA']) await say(line)
  return socket
}

const block = Buffer.from(`${'a'.repeat(998)}\r\n`.repeat(64))

async function write(socket: Socket, mb: number): Promise<void> {
  for (let sent = 0; sent < mb * 1e6 && !socket.destroyed; sent += block.length) {
    if (!socket.write(block)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve))
  }
}

/** Sends a mail to its end, also after the server has refused it; returns the first reply to it. */
async function sendOne(port: number, to: string, mb: number): Promise<string> {
  const socket = await begin(port, to)
  if (!socket) return ''
  let reply = ''
  socket.on('data', (data) => {
    reply ||= String(data)
  })
  await write(socket, mb)
  socket.write('.\r\n')
  await eventually(async () => reply !== '' || socket.destroyed, 'a reply', 60_000)
  socket.destroy()
  return reply
}

/** Connects many clients, each with most of a mail; returns how many were heard. */
async function openMany(port: number, to: string): Promise<number> {
  const opened = await Promise.all(Array.from({ length: clients }, () => begin(port, to)))
  const heard = opened.filter((socket) => socket !== undefined)
  await Promise.all(heard.map((socket) => write(socket, 1.9)))
  await delay(3_000)
  for (const socket of heard) socket.destroy()
  return heard.length
}
