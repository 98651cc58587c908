import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../test/support/free-port.ts'

/** Postfix's smtp-sink: takes every mail, and counts. */
export type Sink = { url: string; host: string; count(): number; close(): Promise<void> }

export async function openSink(): Promise<Sink> {
  const port = await freePort()
  const host = `127.0.0.1:${port}`
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const child = spawn('smtp-sink', ['-c', ...user, host, '256'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let messages = 0
  child.stdout.setEncoding('latin1').on('data', (words: string) => {
    messages = Number(/mesg=(\d+)[^=]*$/.exec(words)?.[1] ?? messages)
  })
  await listening(port, child)
  return {
    url: `smtp://${host}`,
    host,
    count: () => messages,
    async close() {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`smtp-sink ended with code ${child.exitCode}`)
    const socket = connect(port, '127.0.0.1')
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (open) return
    await delay(50)
  }
}
