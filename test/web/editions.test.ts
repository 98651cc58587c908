import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEdition } from '../support/deliveries.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
})
afterAll(() => app.close())

const html =
  '<!doctype html><html lang="en"><head><title>A</title></head><body><a href="@@unsubscribe@@">Out</a> for @@address@@</body></html>'

describe('the archive', () => {
  test('lists the public editions, newest first, and no confirmation mail', async () => {
    await createEdition(app, { kind: 'daily', slug: 'first-daily', subject: 'Daily digest of Sunday' })
    await createEdition(app, { kind: 'confirmation', slug: 'confirmation', subject: 'Please confirm' })
    await createEdition(app, { kind: 'alert', slug: 'then-alert', subject: 'Alert: <script>alert(1)</script>' })
    const page = await (await pages.get('/editions')).text()
    expect(page.indexOf('Alert: &lt;script&gt;')).toBeGreaterThan(0)
    expect(page.indexOf('Daily digest of Sunday')).toBeGreaterThan(page.indexOf('Alert: &lt;script&gt;'))
    expect(page).toContain('Displacement')
    expect(page).not.toContain('Please confirm')
  })

  test('continues to older editions page by page, each once', async () => {
    for (let n = 0; n < 35; n++)
      await createEdition(app, { kind: 'daily', slug: `daily-${n}`, subject: `Digest ${n}.` })
    const first = await (await pages.get('/editions')).text()
    const [, next] = /href="\?(before=\d+)"/.exec(first) ?? []
    const second = await (await pages.get(`/editions?${next}`)).text()
    const shown = `${first}${second}`.match(/Digest \d+\./g)!
    expect([shown.length, new Set(shown).size]).toEqual([35, 35])
  })

  test('has no page for a name that no edition can have', async () => {
    for (const name of ['%00', '..%2f', "'--", 'x'.repeat(3000)]) {
      expect((await pages.get(`/editions/${name}`)).status).toBe(404)
    }
  })

  test('shows the first page for an invalid page number', async () => {
    expect((await pages.get("/editions?before=1'--")).status).toBe(200)
  })
})

describe('the web copy', () => {
  test('is the frozen mail with public links in the place of personal ones', async () => {
    await createEdition(app, { kind: 'weekly', slug: 'copy', subject: 'Weekly', html })
    const answer = await pages.get('/editions/copy')
    const page = await answer.text()
    expect(page).toContain(`<a href="${app.config.publicUrl}/preferences">Out</a> for all readers of this edition`)
    expect(page).not.toContain('@@')
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; style-src 'unsafe-inline'")
    expect(policy).not.toContain('script')
  })

  test('does not exist for personal mails, for keys, or for unknown names', async () => {
    const personal = await createEdition(app, { kind: 'link', slug: 'a-link', subject: 'Your link', html })
    const digest = await createEdition(app, { kind: 'daily', slug: 'a-digest', subject: 'Digest', html })
    for (const name of ['a-link', personal.key, digest.key, 'nothing'])
      expect((await pages.get(`/editions/${name}`)).status).toBe(404)
  })
})
