import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startProxy, type TcpProxy } from '../support/proxy.ts'

let echo: Server
let proxy: TcpProxy
let here: string
const sockets: Socket[] = []

beforeEach(async () => {
  echo = createServer((socket) => void socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  proxy = await startProxy((echo.address() as AddressInfo).port)
  here = proxy.through('tcp://127.0.0.1:1')
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await proxy.close()
  echo.close()
})

function dial(): Socket {
  const socket = connect(Number(new URL(here).port), '127.0.0.1').on('error', () => {})
  sockets.push(socket)
  return socket
}

/** What the socket says next, or how it ended. */
async function hears(socket: Socket): Promise<string> {
  return once(socket, 'data').then(
    ([chunk]) => String(chunk),
    (error: NodeJS.ErrnoException) => error.code!,
  )
}

/** A round trip of another connection, so that something would have come by now. */
async function aMoment(): Promise<'nothing'> {
  const other = connect((echo.address() as AddressInfo).port, '127.0.0.1')
  sockets.push(other)
  other.write('x')
  await once(other, 'data')
  await new Promise((resolve) => setTimeout(resolve, 50))
  return 'nothing'
}

test('a black hole holds back all data until it is healed', async () => {
  const standing = dial()
  standing.write('one')
  expect(await hears(standing)).toBe('one')
  proxy.blackhole()
  standing.write('two')
  const fresh = dial()
  await once(fresh, 'connect')
  fresh.write('three')
  const heard = [hears(standing), hears(fresh)]
  expect(await Promise.race([...heard, aMoment()])).toBe('nothing')
  proxy.heal()
  expect(await Promise.all(heard)).toEqual(['two', 'three'])
})

test('connections that the network has dropped stay silent, and new ones work', async () => {
  const standing = dial()
  standing.write('one')
  await hears(standing)
  proxy.blackhole()
  standing.write('two')
  proxy.forget()
  const fresh = dial()
  fresh.write('three')
  expect(await Promise.race([hears(standing), hears(fresh)])).toBe('three')
  expect(await Promise.race([hears(standing), aMoment()])).toBe('nothing')
})

test('a proxy resets connections, refuses new ones, and accepts them again', async () => {
  const standing = dial()
  standing.write('one')
  await hears(standing)
  const broken = hears(standing)
  proxy.reset()
  expect(await broken).toBe('ECONNRESET')
  await proxy.refuse()
  expect(await hears(dial())).toBe('ECONNREFUSED')
  proxy.heal()
  const fresh = dial()
  fresh.write('two')
  expect(await hears(fresh)).toBe('two')
})
