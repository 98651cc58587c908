import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  const board = (base: string) =>
    new Hono().get('/', (c) => c.html(`<base href="${base}/">`)).put('/api', (c) => c.text('changed'))
  site = await openSite({}, { board })
})
afterAll(() => site.close())

test('the board of the queues is shown to admins only, under a policy of its own', async () => {
  expect((await site.get('/admin/queues')).status).toBe(401)
  const answer = await site.get('/admin/queues', { headers: await site.signIn() })
  expect(await answer.text()).toBe('<base href="/admin/queues/">')
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self' 'unsafe-inline'")
})

test('nothing can be changed through the board, even where the board would allow it', async () => {
  const headers = { ...(await site.signIn()), 'sec-fetch-site': 'same-origin' }
  expect((await site.send('/admin/queues/api', { method: 'PUT', headers })).status).toBe(405)
})
