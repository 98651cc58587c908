import { once } from 'node:events'
import { connect, Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import { afterEach, expect, test } from 'vitest'
import { createClientLimits } from '../../src/delivery/smtp/client-limits.ts'
import { type MailReceiver, openMailReceiver } from '../../src/delivery/smtp/mail-receiver.ts'

let server: MailReceiver | undefined
const clients: Socket[] = []
afterEach(async () => {
  for (const socket of clients.splice(0)) socket.destroy()
  await server?.close()
})

const open = async (idleMs: number) => {
  server = await openMailReceiver({
    host: '127.0.0.1',
    port: 0,
    limits: createClientLimits(idleMs),
    wants: (recipient) => recipient.startsWith('b-'),
    read: async (raw) => raw.length,
    take: async () => {},
  })
}

/** A client that notes what the server says; `said` resolves with the next lines. */
async function client() {
  const socket = connect(server!.port, '127.0.0.1')
  clients.push(socket.on('error', () => {}))
  const said = async () => String((await once(socket, 'data'))[0])
  return { socket, said, greeting: await said() }
}

/** Sockets of an address, admitted by limits of their own. */
const admitted = (addresses: string[]) => {
  const limits = createClientLimits(60_000)
  return addresses.map((remoteAddress, remotePort) => {
    const socket = Object.defineProperties(new Socket(), {
      remoteAddress: { value: remoteAddress },
      remotePort: { value: remotePort },
    })
    clients.push(socket.on('error', () => {}))
    return limits.admit(socket)
  })
}

const count = (all: boolean[]) => all.filter(Boolean).length
const times = (n: number, address: (i: number) => string) => Array.from({ length: n }, (_, i) => address(i))

test('a network has four connections at a time, and this machine or a private network more', () => {
  expect(count(admitted(times(30, () => '203.0.113.9')))).toBe(4)
  expect(count(admitted(times(30, () => '::ffff:203.0.113.9')))).toBe(4)
  expect(count(admitted(times(30, (i) => `2001:db9:7:${i}::${i}`)))).toBe(4)
  expect(count(admitted(times(30, (i) => `203.0.113.${i}`)))).toBe(30)
  for (const near of ['127.0.0.1', '::1', '10.0.0.5', 'fd00::5'])
    expect(count(admitted(times(30, () => near)))).toBe(20)
})

test('one address takes no place of others: a client too many gets 421, and a place is free after a connection ends', async () => {
  await open(60_000)
  const all = await Promise.all(times(40, String).map(client))
  const heard = all.filter(({ greeting }) => greeting.startsWith('220'))
  expect(heard).toHaveLength(20)
  expect(all.filter(({ greeting }) => greeting.startsWith('421'))).toHaveLength(20)
  heard[0]!.socket.destroy()
  let again = await client()
  while (!again.greeting.startsWith('220')) again = await client()
})

test('a session ends without a recipient or a mail, however often it says NOOP', async () => {
  await open(500)
  const { socket, greeting } = await client()
  expect(greeting).toMatch(/^220/)
  let closed = false
  socket.once('close', () => {
    closed = true
  })
  while (!closed) {
    socket.write('NOOP\r\n')
    await delay(50)
  }
  const other = await client()
  other.socket.write('EHLO mx.example.org\r\n')
  for (const line of ['MAIL FROM:<>', 'RCPT TO:<x@example.org>', 'RCPT TO:<x@example.org>']) {
    await other.said()
    other.socket.write(`${line}\r\n`)
  }
  await once(other.socket, 'close')
})

test('a session with a recipient may take its time for each mail', async () => {
  await open(1_000)
  const { socket, said } = await client()
  const say = async (line: string) => {
    socket.write(`${line}\r\n`)
    return said()
  }
  await say('EHLO mx.example.org')
  for (const text of ['one', 'two']) {
    await delay(600)
    await say('MAIL FROM:<>')
    expect(await say('RCPT TO:<b-1@example.org>')).toMatch(/^250/)
    await delay(600)
    expect(await say('DATA')).toMatch(/^354/)
    await delay(1_500) // the mail itself may be slow
    expect(await say(`Subject: ${text}\r\n\r\nHello\r\n.`)).toMatch(/^250/)
  }
})

test('mail comes through as before', async () => {
  await open(30_000)
  const transport = createTransport({ host: '127.0.0.1', port: server!.port, ignoreTLS: true })
  const sent = await transport.sendMail({ envelope: { from: '', to: ['b-1@example.org'] }, raw: 'Subject: a\r\n\r\nb' })
  expect(sent.response).toMatch(/^250/)
})
