import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createSmtpConnection, type SmtpConnection } from '../../src/delivery/smtp/connection.ts'
import { eventually } from '../support/eventually.ts'

let server: Server | undefined
afterEach(() => void server?.close())

const envelope = {
  from: 'desk@example.org',
  to: 'reader@example.org',
  wire: Buffer.from('Subject: a\r\n\r\nb\r\n.\r\n'),
}
/** More than the system takes at once. */
const large = { ...envelope, wire: Buffer.concat([Buffer.alloc(20_000_000, 'a line\r\n'), Buffer.from('.\r\n')]) }
const allowed = Promise.resolve(true)
const welcome = '250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go on\r\n'

/** A connection to a server that hears each piece of what comes. */
async function connectionTo(hear: (socket: Socket, piece: string, heard: string) => void): Promise<SmtpConnection> {
  const listening = createServer((client) => {
    let heard = ''
    client.on('error', () => {})
    client.on('data', (bytes) => {
      const piece = bytes.toString('latin1')
      heard += piece
      hear(client, piece, heard)
    })
  }).listen(0, '127.0.0.1')
  server = listening
  await once(listening, 'listening')
  const socket = connect((listening.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  return createSmtpConnection(
    { socket, pipelining: true, smtpUtf8: false, maxSize: Number.POSITIVE_INFINITY, close: () => socket.end() },
    100,
  )
}

/** Lets the envelope in, and answers as soon as something of the message is there, without reading the rest. */
const answerEarly = (answer: string) => (socket: Socket, piece: string) => {
  if (piece.startsWith('MAIL')) return socket.write(welcome)
  socket.pause()
  return socket.write(`${answer}\r\n`)
}

test('the envelope goes out at once, the message when it is permitted', async () => {
  let said = ''
  const connection = await connectionTo((socket, piece, heard) => {
    said = heard
    socket.write(piece.startsWith('MAIL') ? welcome : '250 2.0.0 taken\r\n')
  })
  const permit = Promise.withResolvers<boolean>()
  const sending = connection.send(envelope, permit.promise)
  await eventually(async () => said.endsWith('DATA\r\n'), 'the envelope')
  permit.resolve(true)
  expect(await sending).toEqual({ kind: 'accepted', reply: '250 2.0.0 taken' })
  expect(said.endsWith(envelope.wire.toString())).toBe(true)
})

test.each([
  ['is not permitted', 'takes its time', () => Promise.resolve(false), ''],
  ['cannot be permitted', 'takes its time', () => Promise.reject(new Error('no ledger')), ''],
  ['is not permitted', 'waits for it', () => delay(100).then(() => false), welcome],
  ['cannot be permitted', 'waits for it', () => delay(100).then(() => Promise.reject(new Error('no ledger'))), welcome],
])('a message that %s does not leave, and the connection ends, when the server %s', async (_, __, permit, answer) => {
  let said = ''
  const connection = await connectionTo((socket, _piece, heard) => {
    said = heard
    if (answer) socket.write(answer)
  })
  expect(await connection.send(envelope, permit())).toMatchObject({ kind: 'interrupted' })
  await delay(50)
  expect([connection.alive(), said.includes('Subject')]).toEqual([false, false])
})

test('an answer before the whole message has left ends the connection, so that its rest is not taken for the next', async () => {
  const connection = await connectionTo(answerEarly('452 4.3.1 no room'))
  expect(await connection.send(large, allowed)).toMatchObject({ kind: 'rejected', code: 452 })
  expect(connection.alive()).toBe(false)
})

test('who accepts a message that has not come whole may keep a part of it: nobody can know', async () => {
  const connection = await connectionTo(answerEarly('250 2.0.0 taken'))
  expect(await connection.send(large, allowed)).toMatchObject({ kind: 'lost' })
  expect(connection.alive()).toBe(false)
})

test.each([
  ['the recipient', '250 2.1.0 ok\r\n550 5.1.1 no such user\r\n'],
  ['the sender', '550 5.1.8 bad sender\r\n'],
  ['the sender, and says good-bye,', '550 5.1.8 bad sender\r\n421 4.3.2 bye\r\n'],
  ['the recipient, and DATA too', '250 2.1.0 ok\r\n550 5.1.1 no such user\r\n503 5.5.1 no recipient\r\n'],
])('a server that refuses %s and hangs up has refused it', async (_, answer) => {
  const connection = await connectionTo((socket) => socket.end(answer))
  expect(await connection.send(envelope, allowed)).toMatchObject({ kind: 'rejected', code: 550 })
})
