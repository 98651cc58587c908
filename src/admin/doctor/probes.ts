import { stat, statfs } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname, resolve } from 'node:path'
import { connect as connectTls } from 'node:tls'

const patienceMs = 5_000

/** Free megabytes where a folder is, or would be made. */
export async function freeDiskMb(folder: string): Promise<number> {
  const path = resolve(folder)
  const isThere = await stat(path).catch(() => null)
  if (!isThere && path !== dirname(path)) return freeDiskMb(dirname(path))
  const { bavail, bsize } = await statfs(path)
  return Math.round((bavail * bsize) / 2 ** 20)
}

/** Says PING to a Redis, with its password where the address has one; null when it answers, else what is wrong. */
export function pingRedis(redisUrl: string): Promise<string | null> {
  const { protocol, hostname, port, username, password } = new URL(redisUrl)
  const at = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 6379 }
  const login = [decodeURIComponent(username), decodeURIComponent(password)].filter(Boolean)
  const words = [...(password ? [['AUTH', ...login]] : []), ['PING']]
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const socket = protocol === 'rediss:' ? connectTls({ ...at, servername: at.host }) : connect(at)
  let said = ''
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer within 5 s')))
  socket.on('error', (error) => resolve(error.message))
  socket.on('close', () => resolve('the connection was closed'))
  socket.on('data', (chunk) => {
    said += chunk
    const problem = /^-(.*)\r\n/m.exec(said)?.[1]
    if (problem) resolve(problem)
    else if (said.includes('+PONG')) resolve(null)
  })
  socket.write(words.map(asCommand).join(''))
  return promise.finally(() => socket.destroy())
}

const asCommand = (words: string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
