import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inviteAdmin } from '../../src/admin/sign-in.ts'
import { verifyAudit } from '../../src/platform/audit/audit.ts'
import { john, mira, olena } from '../support/people.ts'
import { oweDelivery, writeEdition } from './edition.ts'
import { openSite, type Site } from './site.ts'

let site: Site
let admin: { headers: { cookie: string } }
beforeAll(async () => {
  site = await openSite()
  admin = { headers: await site.signIn() }
  for (const reader of [olena, john, mira]) await site.enter(reader, 'Said yes.')
})
afterAll(() => site.close())

const read = async (path: string) => (await site.get(path, admin)).text()

describe('without a session', () => {
  const pages = [
    '',
    '/feeds',
    '/feeds/1',
    '/feeds/export.opml',
    '/readers',
    '/readers/1',
    '/editions',
    '/editions/x',
    '/editions/x/html',
    '/unknown',
    '/audit',
  ]

  test('no admin page is shown, but how to sign in', async () => {
    for (const page of [...pages, '/queues', '/nothing']) {
      const answer = await site.get(`/admin${page}`)
      expect([page, answer.status]).toEqual([page, 401])
      expect(await answer.text()).toContain('sitrep admins invite')
    }
  })

  test('no form of theirs does anything', async () => {
    for (const form of [
      '/feeds',
      '/feeds/look',
      '/feeds/import',
      '/feeds/poll',
      '/editions/x/plan',
      '/editions/x/resend',
    ]) {
      expect((await site.post(`/admin${form}`, { url: 'https://example.org/feed' })).status).toBe(401)
    }
    expect(await site.app.db.selectFrom('feeds').select('id').execute()).toEqual([])
  })

  test('a made-up cookie is worth nothing', async () => {
    expect((await site.get('/admin', { headers: { cookie: 'sitrep_session=abc' } })).status).toBe(401)
  })
})

describe('signing in', () => {
  const invite = async () => new URL(await inviteAdmin(site.app, 'second@example.org', 'cli')).pathname

  test('takes a press of the button: opening the link uses nothing up', async () => {
    const link = await invite()
    for (let scan = 0; scan < 3; scan++) expect((await site.get(link)).headers.get('set-cookie')).toBeNull()
    const answer = await site.post(link, {})
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin'])
    expect(answer.headers.get('set-cookie')).toMatch(
      /^sitrep_session=[\w-]{43}; Path=\/admin; Expires=.*; HttpOnly; SameSite=Lax$/,
    )
  })

  test('works once', async () => {
    const link = await invite()
    await site.post(link, {})
    const again = await site.post(link, {})
    expect([again.status, again.headers.get('set-cookie')]).toEqual([410, null])
    expect((await site.get(link)).status).toBe(410)
  })

  test('keeps the cookie to secure connections where the pages are', async () => {
    const secure = await openSite({ PUBLIC_URL: 'https://sitrep.example' })
    const link = new URL(await inviteAdmin(secure.app, 'a@example.org', 'cli')).pathname
    const { headers } = await secure.post(link, {})
    await secure.close()
    expect(headers.get('set-cookie')).toContain('; Secure')
    expect(headers.get('strict-transport-security')).toContain('max-age')
  })

  test('ends with the sign-out, for whoever kept the cookie too', async () => {
    const { cookie } = await site.signIn()
    await site.post('/admin/sign-out', {}, { headers: { cookie } })
    expect((await site.get('/admin', { headers: { cookie } })).status).toBe(401)
    admin = { headers: await site.signIn() }
  })
})

describe('the overview', () => {
  test('puts what needs a person on top', async () => {
    expect(await read('/admin')).toContain('No worker is alive')
    const edition = await writeEdition(site.app, { kind: 'alert', slug: 'held', subject: 'Alert: held' })
    await oweDelivery(site.app, edition, olena.email, { state: 'unknown', reason: 'the connection broke' })
    expect(await read('/admin')).toContain('1 delivery ended unknown')
    const unknown = await read('/admin/unknown')
    for (const words of [olena.email, 'the connection broke', '/admin/editions/held/mark-accepted'])
      expect(unknown).toContain(words)
  })
})

describe('feeds', () => {
  test('are added, due at once, and the addition is in the audit log', async () => {
    const answer = await site.post('/admin/feeds', { url: 'https://example.org/feed.xml' }, admin)
    expect(answer.headers.get('location')).toMatch(/^\/admin\/feeds\/\d+\?done=added$/)
    expect(await read('/admin/feeds')).toContain('New: never polled yet, due now.')
    expect(await read('/admin/audit')).toMatch(/admin:\d+[\s\S]*add feed/)
  })

  test('are refused with one sentence when the address is none, and it stays to be mended', async () => {
    const answer = await site.post('/admin/feeds', { url: 'ftp://example.org/"feed' }, admin)
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('value="ftp://example.org/&quot;feed"')
    expect(page).toContain('id="url-problem"')
  })

  test('are polled all at the press of a button', async () => {
    await site.app.db
      .updateTable('feeds')
      .set({ next_poll_at: site.app.now().add({ hours: 5 }) })
      .execute()
    await site.post('/admin/feeds/poll', {}, admin)
    expect(await read('/admin/feeds')).toContain('due now')
  })

  test('may call themselves anything: it is text', async () => {
    await site.app.db
      .updateTable('feeds')
      .set({
        title: '<img src=x onerror=alert(1)>',
        failures: 2,
        last_error: '</td><script>',
        last_polled_at: site.app.now(),
      })
      .execute()
    const page = await read('/admin/feeds')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).toContain('Failing 2 times: &lt;/td&gt;&lt;script&gt;')
    expect(page).not.toMatch(/<img|<script/)
  })
})

describe('readers', () => {
  test('are found by a part of their address', async () => {
    const found = await read('/admin/readers?q=olena')
    expect([found.includes(olena.email), found.includes(john.email)]).toEqual([true, false])
    expect(await read('/admin/readers?q=%25')).toContain('Nobody')
  })

  test('show what they chose and what they got', async () => {
    const [, path] = /href="(\/admin\/readers\/\d+)">olena/.exec(await read('/admin/readers'))!
    const page = await read(path!)
    for (const words of ['Daily digest at 07:00, Europe/Kyiv', 'Alert: held', 'unknown']) expect(page).toContain(words)
    expect((await site.get('/admin/readers/999999', admin)).status).toBe(404)
    expect((await site.get('/admin/readers/x', admin)).status).toBe(404)
  })
})

describe('the audit log', () => {
  test('says that its chain is intact, and where it breaks once somebody changed an event', async () => {
    expect(await read('/admin/audit')).toContain('The chain is intact')
    await site.app.db.updateTable('audit_events').set({ reason: 'another' }).where('id', '=', 2).execute()
    expect(await verifyAudit(site.app.db, site.app.config.secretKeys)).toBe(2)
    expect(await read('/admin/audit')).toContain('The chain breaks at event 2')
    expect(await read('/admin')).toContain('The audit log was tampered with')
  })
})
