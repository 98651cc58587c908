import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A message that the sink took: written down before it answers, so that it is the truth whoever dies then. */
export type Taken = { messageId: string; recipient: string; bodyHash: string; begunAt: number }
export type Step = 'connect' | 'mail' | 'rcpt' | 'data' | 'dot' | 'reply'
/** What to do at a step: go on, answer with this line instead, or break the connection. */
export type Script = (
  step: Step,
  mail: { recipient: string; n: number },
) => Promise<string | 'reset' | undefined> | string | undefined

export type FaultSink = {
  url: string
  port: number
  taken: Taken[]
  script: Script
  /** Open connections now, and the most there were at once. */
  open: () => number
  most: () => number
  close(): Promise<void>
}

/** A scripted SMTP server with PIPELINING: the oracle of the fault suite. */
export async function startFaultSink(): Promise<FaultSink> {
  const sockets = new Set<Socket>()
  let most = 0
  const sink: FaultSink = {
    url: '',
    port: 0,
    taken: [],
    script: () => undefined,
    open: () => sockets.size,
    most: () => most,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    most = Math.max(most, sockets.size)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    converse(socket, sink).catch(() => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  sink.port = (server.address() as AddressInfo).port
  sink.url = `smtp://127.0.0.1:${sink.port}`
  return sink
}

async function converse(socket: Socket, sink: FaultSink): Promise<void> {
  const mail = { recipient: '', n: 0 }
  let begunAt = 0
  const act = async (step: Step, usual: string): Promise<boolean> => {
    const answer = (await sink.script(step, mail)) ?? usual
    if (answer === 'reset') {
      socket.resetAndDestroy()
      return false
    }
    if (answer) socket.write(`${answer}\r\n`)
    return /^[23]/.test(answer)
  }
  if (!(await act('connect', '220 sink'))) return
  const lines = linesOf(socket)
  for await (const line of lines) {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') socket.write('250-sink\r\n250 PIPELINING\r\n')
    else if (verb === 'MAIL') {
      begunAt = performance.now()
      mail.recipient = ''
      if (!(await act('mail', '250 2.1.0 ok'))) mail.recipient = 'refused'
    } else if (verb === 'RCPT') {
      const recipient = /<([^>]*)>/.exec(line)?.[1] ?? ''
      mail.recipient = recipient
      if (!(await act('rcpt', '250 2.1.5 ok'))) mail.recipient = ''
    } else if (verb === 'DATA') {
      if (!mail.recipient) socket.write('503 5.5.1 no recipient\r\n')
      else if (await act('data', '354 go on')) {
        const body = await bodyOf(lines)
        mail.n++
        const answer = await sink.script('dot', mail)
        if (answer === 'reset') return void socket.resetAndDestroy()
        if (answer) {
          socket.write(`${answer}\r\n`)
          continue
        }
        sink.taken.push({ ...readMessage(body), recipient: mail.recipient, begunAt })
        await act('reply', '250 2.0.0 taken')
      }
    } else if (verb === 'QUIT') return void socket.end('221 bye\r\n')
    else socket.write('250 ok\r\n')
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string, void> {
  let rest = ''
  for await (const chunk of socket) {
    const lines = (rest + (chunk as Buffer).toString('latin1')).split('\r\n')
    rest = lines.pop()!
    yield* lines
  }
}

async function bodyOf(lines: AsyncGenerator<string, void>): Promise<string> {
  const body: string[] = []
  for (;;) {
    const { value, done } = await lines.next()
    if (done || value === undefined) throw new Error('the client left in the middle of a message')
    if (value === '.') return body.join('\n')
    body.push(value)
  }
}

function readMessage(text: string): { messageId: string; bodyHash: string } {
  const messageId = /^Message-ID: (.*)$/im.exec(text)?.[1] ?? ''
  return { messageId, bodyHash: createHash('sha256').update(text).digest('hex') }
}
