import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/**
 * A message that the sink took: written down before it answers, so that it is the truth whoever dies then. `begunAt` is when
 * its first bytes came: the envelope may come earlier, and says nothing yet.
 */
export type Taken = { messageId: string; recipient: string; bodyHash: string; begunAt: number }
/** `body` is in the middle of the message, `dot` at its end, before it is taken, `reply` after. */
export type Step = 'connect' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot' | 'reply'
/** What to do at a step: go on, answer with this line instead, or break the connection. */
export type Script = (
  step: Step,
  /** `n`: how many messages came whole on this connection. */
  mail: { recipient: string; n: number },
) => Promise<string | 'reset' | undefined> | string | undefined

export type FaultSink = {
  url: string
  port: number
  taken: Taken[]
  /** Every message that was sent whole, refused ones too. */
  offered: Taken[]
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
    offered: [],
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
    converse(socket, sink).catch(() => socket.resetAndDestroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  sink.port = (server.address() as AddressInfo).port
  sink.url = `smtp://127.0.0.1:${sink.port}`
  return sink
}

async function converse(socket: Socket, sink: FaultSink): Promise<void> {
  const mail = { sender: false, recipient: '', n: 0 }
  const lines = linesOf(socket)
  const say = (line: string) => socket.write(`${line}\r\n`)
  const ask = async (step: Step): Promise<string | undefined> => {
    const answer = await sink.script(step, mail)
    if (answer === 'reset') throw new Error('the script wants a reset')
    return answer
  }
  /** Says what the script wants, else the usual; true when that lets the client go on. */
  const act = async (step: Step, usual: string): Promise<boolean> => {
    const answer = (await ask(step)) ?? usual
    say(answer)
    return /^[23]/.test(answer)
  }
  const verbs: Record<string, (line: string) => Promise<unknown>> = {
    EHLO: async () => say('250-sink\r\n250 PIPELINING'),
    async MAIL() {
      mail.recipient = ''
      mail.sender = await act('mail', '250 2.1.0 ok')
    },
    async RCPT(line) {
      if (!mail.sender) return say('503 5.5.1 no sender')
      mail.recipient = /<([^>]*)>/.exec(line)?.[1] ?? ''
      if (!(await act('rcpt', '250 2.1.5 ok'))) mail.recipient = ''
      return undefined
    },
    async DATA() {
      if (!mail.recipient) return say('503 5.5.1 no recipient')
      if (!(await act('data', '354 go on'))) return undefined
      let begunAt = 0
      const body = await bodyOf(lines, () => {
        begunAt = performance.now()
        return ask('body')
      })
      mail.n++
      const message = { ...readMessage(body), recipient: mail.recipient, begunAt }
      sink.offered.push(message)
      const refusal = await ask('dot')
      if (refusal) return say(refusal)
      sink.taken.push(message)
      return act('reply', '250 2.0.0 taken')
    },
    RSET: async () => say('250 2.0.0 ok'),
    QUIT: async () => socket.end('221 bye\r\n'),
  }
  if (!(await act('connect', '220 sink'))) return
  for await (const line of lines) {
    const verb = verbs[line.slice(0, 4).toUpperCase()]
    if (verb) await verb(line)
    else say('502 5.5.1 what is that')
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

async function bodyOf(lines: AsyncGenerator<string, void>, midway: () => Promise<unknown>): Promise<string> {
  const body: string[] = []
  for (;;) {
    const { value, done } = await lines.next()
    if (done || value === undefined) throw new Error('the client left in the middle of a message')
    if (value === '.') return body.join('\n')
    if (body.length === 1) await midway()
    body.push(value)
  }
}

function readMessage(text: string): { messageId: string; bodyHash: string } {
  const messageId = /^Message-ID: (.*)$/im.exec(text)?.[1] ?? ''
  return { messageId, bodyHash: createHash('sha256').update(text).digest('hex') }
}
