import { setTimeout as delay } from 'node:timers/promises'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { isBoundedObject } from '../../src/delivery/bounces/hooks/json-shape.ts'
import type { Env } from '../../src/web/context.ts'
import { createHookReader } from '../../src/web/hook-body.ts'

const limits = { maxBytes: 100, maxSharedBytes: 150, maxNetworkBytes: 150, maxMs: 10_000 }

function openHook(given: Partial<typeof limits> = {}) {
  const read = createHookReader((c) => c.req.header('x-network'), { ...limits, ...given })
  const web = new Hono<Env>()
  web.post('/', async (c) => c.text(await read(c)))
  return (body: string | ReadableStream, network?: string) =>
    web.request('/', {
      method: 'POST',
      body,
      duplex: 'half',
      headers: network ? { 'x-network': network } : {},
    } as RequestInit)
}

/** A body of so many bytes that ends when its sender says so. */
function slowBody(bytes: number) {
  const end = Promise.withResolvers<void>()
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(new Uint8Array(bytes))
      await end.promise
      controller.close()
    },
  })
  return { body, end: end.resolve }
}

test('a report is read in UTF-8', async () => {
  expect(await (await openHook()('{"name":"Олена"}')).text()).toBe('{"name":"Олена"}')
})

test('a report that is too large is refused, whether it says its size or not', async () => {
  expect((await openHook()('x'.repeat(101))).status).toBe(413)
  expect((await openHook()(slowBody(101).body)).status).toBe(413)
})

test('what many strangers send at a time has one limit, and is forgotten when they end', async () => {
  const call = openHook()
  const [first, second] = [slowBody(90), slowBody(90)]
  const held = call(first.body)
  const refused = await call(second.body)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60'])
  first.end()
  expect((await held).status).toBe(200)
  expect((await call('x'.repeat(90))).status).toBe(200)
})

test('one network has a part of the limit, however many its bodies are, and leaves the rest to others', async () => {
  const call = openHook({ maxNetworkBytes: 60 })
  const bodies = [slowBody(20), slowBody(20), slowBody(20)]
  const held = bodies.map(({ body }) => call(body, 'one'))
  await delay(10) // their bytes have arrived
  expect((await call('x', 'one')).status).toBe(503)
  expect((await call('x'.repeat(60), 'other')).status).toBe(200)
  expect((await call('x'.repeat(60))).status).toBe(200)
  for (const { end } of bodies) end()
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await call('x', 'one')).status).toBe(200)
})

test('a sender that sends nothing more is not waited for', async () => {
  expect((await openHook({ maxMs: 20 })(slowBody(1).body)).status).toBe(408)
})

test('only an object of bounded depth and size is parsed', () => {
  expect(isBoundedObject(' {"a":[1,{"b":"}}}]]],,,[[["}]}')).toBe(true)
  expect(isBoundedObject('{"a":"\\\\\\"[[[["}')).toBe(true)
  for (const text of ['', '[]', '"{"', 'null', `{"a":${'['.repeat(40)}`, `{"a":[${'0,'.repeat(30_000)}0]}`])
    expect(isBoundedObject(text), text.slice(0, 20)).toBe(false)
})
