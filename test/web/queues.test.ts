import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Pages, pagesOf } from '../support/pages.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const html =
  '<base href="/admin/queues/"><link href="https://fonts.example/css2?family=Plex&display=swap" rel="stylesheet">' +
  '<link href="static/main.css" rel="stylesheet"><link rel="icon" href="//fonts.example/icon.svg">'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  const board = () => new Hono().get('/', (c) => c.html(html)).put('/api', (c) => c.text('changed'))
  app = await openTestApp()
  pages = pagesOf(app, { board })
})
afterAll(() => app.close())

const shown = async () => pages.get('/admin/queues', await pages.signIn())

test('the queue board is shown to admins only, under a policy of its own', async () => {
  expect((await pages.get('/admin/queues')).status).toBe(401)
  const { headers } = await shown()
  expect(headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self' 'unsafe-inline'")
})

test('the queue board is served without its links to other hosts', async () => {
  expect(await (await shown()).text()).toBe(
    '<base href="/admin/queues/"><link href="static/main.css" rel="stylesheet">',
  )
})

test('nothing can be changed through the board, even where the board would allow it', async () => {
  const headers = { ...(await pages.signIn()).headers, 'sec-fetch-site': 'same-origin' }
  expect((await pages.send('/admin/queues/api', { method: 'PUT', headers })).status).toBe(405)
})
