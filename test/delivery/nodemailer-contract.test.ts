import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { afterEach, expect, test } from 'vitest'
import { connect, parseRelay } from '../../src/delivery/smtp/connect.ts'

/**
 * A connection lets nodemailer greet, encrypt and sign in, and then speaks SMTP itself on the socket. For that it reads
 * private fields of SMTPConnection. If an update of nodemailer moves one of them, these tests fail and say what to
 * adapt.
 */
const adapt = 'adapt takeOver in src/delivery/smtp/connect.ts to this version of nodemailer'
const moved = (field: string, content: string) => `SMTPConnection.${field} is not ${content} any more: ${adapt}`
const maxSize = 123_456

let server: Server | undefined
let connection: SMTPConnection | undefined
afterEach(() => {
  connection?.close()
  server?.close()
})

/** Starts a mail server that announces these extensions and answers every other command with 250. Gives its port. */
async function listen(extensions: string[]): Promise<number> {
  server = createServer((socket) => {
    socket.write('220 mx.example.org ESMTP\r\n')
    converse(socket, extensions)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function converse(socket: Socket, extensions: string[]): void {
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    const command = bytes.toString('latin1').trim().toUpperCase()
    if (command === 'STARTTLS') return startTls(socket, extensions)
    const lines = command.startsWith('EHLO') ? ['mx.example.org', ...extensions] : ['2.0.0 ok']
    return socket.write(lines.map((line, n) => `250${n < lines.length - 1 ? '-' : ' '}${line}\r\n`).join(''))
  })
}

function startTls(socket: Socket, extensions: string[]): void {
  socket.removeAllListeners('data')
  socket.write('220 2.0.0 ready\r\n')
  const [key, cert] = ['key', 'certificate'].map((name) => readFileSync(`test/fixtures/sns/${name}.pem`))
  const encrypted = new TLSSocket(socket, { isServer: true, key, cert })
  converse(
    encrypted,
    extensions.filter((extension) => extension !== 'STARTTLS'),
  )
}

/** Connects with nodemailer alone, as connect.ts does before it takes the socket over. */
async function negotiate(port: number): Promise<SMTPConnection> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  connection = new SMTPConnection({ host: '127.0.0.1', port, tls: { rejectUnauthorized: false } })
  connection.on('error', reject)
  connection.connect((error) => (error ? reject(error) : resolve()))
  await promise
  return connection
}

/** The private fields that connect.ts reads. */
type PrivateFields = { _socket?: unknown; _supportedExtensions?: unknown; _maxAllowedSize?: unknown }

test.each([
  ['a plain connection', Socket, []],
  ['a connection after STARTTLS', TLSSocket, ['STARTTLS']],
])('nodemailer keeps the facts of %s in the private fields that a connection reads', async (_, socketClass, more) => {
  const port = await listen(['PIPELINING', `SIZE ${maxSize}`, ...more])
  const { _socket, _supportedExtensions, _maxAllowedSize } = (await negotiate(port)) as unknown as PrivateFields
  expect(_socket, moved('_socket', 'the open socket')).toBeInstanceOf(socketClass)
  expect((_socket as Socket).remotePort, moved('_socket', 'the open socket')).toBe(port)
  expect(_supportedExtensions, moved('_supportedExtensions', 'the list of extensions')).toContain('PIPELINING')
  expect(_maxAllowedSize, moved('_maxAllowedSize', 'the limit of SIZE')).toBe(maxSize)
  const listeners = ['data', 'readable'].map((event) => (_socket as Socket).listenerCount(event))
  expect(listeners, `nodemailer does not read replies by one data listener of its socket any more: ${adapt}`).toEqual([
    1, 0,
  ])
})

test('nodemailer ends a connection on which it reads a reply that it did not ask for', async () => {
  const { _socket } = (await negotiate(await listen([]))) as unknown as { _socket: Socket }
  connection?.removeAllListeners('error')
  const failed = once(connection!, 'error')
  _socket.write('NOOP\r\n')
  expect(await failed).toMatchObject([{ code: 'EPROTOCOL' }])
})

test('after a connection has taken a socket over, nodemailer reads none of its replies', async () => {
  const port = await listen(['PIPELINING', `SIZE ${maxSize}`])
  const session = await connect(parseRelay(`smtp://127.0.0.1:${port}`), 'example.org', new AbortController().signal)
  expect(session).toMatchObject({ pipelining: true, maxSize })
  const message = `nodemailer still reads the replies on a socket that a connection has taken over: ${adapt}`
  expect(session.socket.listenerCount('data'), message).toBe(0)
  for (let n = 0; n < 3; n++) {
    const reply = once(session.socket, 'data')
    session.socket.write('NOOP\r\n')
    expect(String(await reply), message).toBe('250 2.0.0 ok\r\n')
  }
  expect(session.socket.destroyed, message).toBe(false)
  session.close()
})

test('without extensions a connection sends command by command, and messages of any size', async () => {
  const port = await listen([])
  const session = await connect(parseRelay(`smtp://127.0.0.1:${port}`), 'example.org', new AbortController().signal)
  expect(session).toMatchObject({ pipelining: false, maxSize: Number.POSITIVE_INFINITY })
  session.close()
})
