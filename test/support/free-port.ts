import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the range from which the system hands out ports, so that nobody gets it by chance before it is used. */
const range = { from: 20_000, to: 32_000 }

/** A port of loopback that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = range.from + Math.floor(Math.random() * (range.to - range.from))
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const listening = once(server, 'listening').then(() => true)
  server.listen(port, '127.0.0.1')
  const free = await listening.catch(() => false)
  if (!free) return false
  server.close()
  await once(server, 'close')
  return true
}
