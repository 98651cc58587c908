import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { parseRelay, tryRelay } from '../../src/delivery/smtp/connect.ts'

let server: Server | undefined
afterEach(() => void server?.close())

/** A relay without TLS, as an attacker on the way makes it look: it offers a sign-in, and notes what it hears. */
async function openRelay() {
  const heard: string[] = []
  server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220 relay ESMTP\r\n')
    socket.on('data', (bytes) => {
      const line = bytes.toString('latin1').trim()
      heard.push(line)
      if (/^EHLO/.test(line)) socket.write('250-relay\r\n250 AUTH PLAIN\r\n')
      else if (/^AUTH/.test(line)) socket.write('235 2.7.0 ok\r\n')
      else socket.write(/^QUIT/.test(line) ? '221 bye\r\n' : '502 5.5.1 unknown\r\n')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { heard, port: (server.address() as AddressInfo).port }
}

test('a password goes to no relay without TLS, but to one on this machine', async () => {
  const { heard, port } = await openRelay()
  expect(await tryRelay(`smtp://user:hunter2@127.1:${port}`, 'localhost')).not.toBeNull() // a name that says nothing of loopback
  expect(heard.filter((line) => line.startsWith('AUTH'))).toEqual([])
  expect(await tryRelay(`smtp://user:hunter2@127.0.0.1:${port}`, 'localhost')).toBeNull()
  expect(heard.filter((line) => line.startsWith('AUTH'))).toHaveLength(1)
})

test.each([
  ['smtp://user:pass@relay.example:587', true],
  ['smtp://user:pass@10.0.0.5', true],
  ['smtp://user:pass@localhost.example.org', true],
  ['smtp://user:pass@localhost:2525', false],
  ['smtp://user:pass@[::1]', false],
  ['smtp://relay.example', false],
  ['smtp://relay.example?tls=required', true],
])('%s requires TLS: %s', (url, requireTls) => {
  expect(parseRelay(url)).toMatchObject({ requireTls })
})
