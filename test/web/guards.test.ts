import { textContent } from 'domutils'
import fc from 'fast-check'
import { parseDocument } from 'htmlparser2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tokenPrefixes } from '../../src/web/security.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
})
afterAll(() => app.close())

const count = async () => (await app.db.selectFrom('subscribers').select('id').execute()).length

describe('forms from elsewhere', () => {
  test.each([
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour domain', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://elsewhere.example' }],
    ['an origin that is hidden', { origin: 'null' }],
    ['an unknown origin', {}],
  ])('are refused: %s', async (_, headers) => {
    const body = new URLSearchParams({
      email: olena.email,
      topics: 'displacement',
      cadence: 'daily',
      at: '07:00',
      zone: 'UTC',
    })
    const answer = await pages.send('/subscribe', { method: 'POST', body, headers })
    expect([answer.status, await count()]).toEqual([403, 0])
  })

  test('are accepted from our own page by either header, and on token pages without an origin', async () => {
    const send = async (path: string, headers: Record<string, string>) =>
      (await pages.send(path, { method: 'POST', body: new URLSearchParams(), headers })).status
    expect(await send('/subscribe', { origin: app.config.publicUrl })).toBe(422)
    expect(await send('/subscribe', { origin: 'http://localhost' })).toBe(422)
    expect(await send('/subscribe', { 'sec-fetch-site': 'same-origin' })).toBe(422)
    for (const prefix of tokenPrefixes) expect(await send(`${prefix}forged`, { origin: 'null' })).toBe(404)
    expect(await send('/admin/sign-in/forged', { origin: 'null' })).toBe(403)
  })
})

describe('every answer', () => {
  test('carries headers against scripts, framing and sniffing', async () => {
    for (const path of ['/', '/nothing', '/editions', '/livez', '/metrics']) {
      const { headers } = await pages.get(path)
      expect(headers.get('content-security-policy'), path).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('content-security-policy'), path).not.toContain('unsafe-inline')
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    }
  })

  test('has no inline script or style, which the content policy would refuse', async () => {
    const page = await (await pages.get('/')).text()
    expect(page).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/)
  })

  test('for a missing page is friendly, short and 404', async () => {
    const answer = await pages.get('/nothing/<script>')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('Page not found')
  })

  test('for an error of ours shows none of its details', async () => {
    const broken = await openTestApp()
    await broken.db.schema.dropTable('topics').cascade().execute()
    const answer = await pagesOf(broken).get('/')
    const page = await answer.text()
    await broken.close()
    expect(answer.status).toBe(500)
    expect(page).toContain('The fault is ours')
    expect(page).not.toMatch(/relation|topics&quot;|node_modules|at async/)
  })

  test('for a form of more than 64 KB is 413, and for an unreadable form 400', async () => {
    expect((await pages.post('/subscribe', { email: 'x'.repeat(70_000) })).status).toBe(413)
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data' }
    expect((await pages.send('/subscribe', { method: 'POST', body: 'rubbish', headers })).status).toBe(400)
  })
})

describe('assets', () => {
  test('may be cached for ever, under an address that names their content', async () => {
    const page = await (await pages.get('/')).text()
    const paths = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!)
    expect(paths).toHaveLength(3)
    for (const path of paths) {
      const { status, headers } = await pages.get(path)
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    }
    expect((await pages.get('/favicon.ico')).headers.get('location')).toMatch(/^\/assets\/icon\./)
    expect((await pages.get('/assets/site.css')).status).toBe(404)
    expect((await pages.get('/assets/..%2f..%2fpackage.json')).status).toBe(404)
  })
})

test('a page shows any text exactly, and never as markup', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('<script>', '{{ admin }}', '"><img onerror=x>', '&amp;'),
  )
  const visible = fc.array(hostile).map((parts) =>
    parts
      .join('')
      .replace(/[\0\r]/g, '')
      .toWellFormed(),
  )
  await fc.assert(
    fc.asyncProperty(visible, async (text) => {
      const view = { title: 'T', text, css: '', icon: '', site: { contact: '', privacy: '' }, way: null }
      const page = parseDocument(await app.render.page('message', view))
      expect(textContent(page)).toContain(text)
    }),
    { numRuns: 200 },
  )
})
