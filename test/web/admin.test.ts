import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inviteAdmin } from '../../src/admin/sign-in.ts'
import { verifyAudit } from '../../src/platform/audit/audit.ts'
import { writeSetting } from '../../src/platform/db/settings.ts'
import { retireTopic } from '../../src/readers/retire-topic.ts'
import { publishTopics } from '../../src/reading/publish-topics.ts'
import { leaveWork } from '../../src/worker/recover.ts'
import { createDelivery, createEdition } from '../support/deliveries.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { john, mira, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let admin: { headers: { cookie: string } }
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
  admin = await pages.signIn()
  await join(app, olena, john, mira)
})
afterAll(() => app.close())

const read = async (path: string) => (await pages.get(path, admin)).text()

test('the topics show whose rule each has, its version, its readers, and which are retired', async () => {
  const rule = { lists: {}, exclusions: [], none: [], signals: [{ weight: 0.6, find: 'harvest' }] }
  const harvests = { slug: 'harvests', name: 'Harvests', description: '', version: 1, threshold: 0.5, rule }
  await publishTopics(app, [harvests, { ...harvests, slug: 'crops', name: 'Crops' }], 'admin:1')
  await retireTopic(app, 'crops', { moveTo: 'harvests', actor: 'admin:1' })
  const shown = (await read('/admin/topics')).replace(/\s+/g, ' ')
  expect(shown).toMatch(/Harvests<\/a>.*?data-label="Rule">own<.*?data-label="Version">1<.*?data-label="Readers">0</)
  expect(shown).toMatch(/Displacement<\/a>.*?data-label="Rule">built-in<.*?data-label="Readers">2</)
  expect(shown.split('Retired topics')[1]).toMatch(/Crops<\/a>.*?data-label="Readers moved to">Harvests</)
})

describe('without a session', () => {
  const paths = [
    '',
    '/feeds',
    '/feeds/1',
    '/feeds/export.opml',
    '/readers',
    '/readers/1',
    '/topics',
    '/editions',
    '/editions/x',
    '/editions/x/html',
    '/unknown',
    '/audit',
    '/audit/verify',
  ]

  test('an admin page shows only how to sign in', async () => {
    for (const path of [...paths, '/queues', '/nothing']) {
      const answer = await pages.get(`/admin${path}`)
      expect([path, answer.status]).toEqual([path, 401])
      expect(await answer.text()).toContain('sitrep admins invite')
    }
  })

  test('an admin form does nothing', async () => {
    for (const form of [
      '/feeds',
      '/feeds/look',
      '/feeds/import',
      '/feeds/poll',
      '/editions/x/plan',
      '/editions/x/resend',
    ]) {
      expect((await pages.post(`/admin${form}`, { url: 'https://example.org/feed' })).status).toBe(401)
    }
    expect(await app.db.selectFrom('feeds').select('id').execute()).toEqual([])
  })

  test('a made-up cookie is refused', async () => {
    expect((await pages.get('/admin', { headers: { cookie: 'sitrep_session=abc' } })).status).toBe(401)
  })
})

describe('signing in', () => {
  const invite = async () => new URL(await inviteAdmin(app, 'second@example.org', 'cli')).pathname

  test('takes a press of the button: opening the link does not use it up', async () => {
    const link = await invite()
    for (let scan = 0; scan < 3; scan++) expect((await pages.get(link)).headers.get('set-cookie')).toBeNull()
    const answer = await pages.post(link, {})
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin'])
    expect(answer.headers.get('set-cookie')).toMatch(
      /^sitrep_session=[\w-]{43}; Path=\/admin; Expires=.*; HttpOnly; SameSite=Lax$/,
    )
  })

  test('works once per link', async () => {
    const link = await invite()
    await pages.post(link, {})
    const again = await pages.post(link, {})
    expect([again.status, again.headers.get('set-cookie')]).toEqual([410, null])
    expect((await pages.get(link)).status).toBe(410)
  })

  test('marks the cookie as secure where the pages use HTTPS', async () => {
    const secure = await openTestApp({ env: { PUBLIC_URL: 'https://sitrep.example' } })
    const link = new URL(await inviteAdmin(secure, 'a@example.org', 'cli')).pathname
    const { headers } = await pagesOf(secure).post(link, {})
    await secure.close()
    expect(headers.get('set-cookie')).toContain('; Secure')
    expect(headers.get('strict-transport-security')).toContain('max-age')
  })

  test('ends with the sign-out, also for a copy of the cookie', async () => {
    const session = await pages.signIn()
    await pages.post('/admin/sign-out', {}, session)
    expect((await pages.get('/admin', session)).status).toBe(401)
    admin = await pages.signIn()
  })
})

describe('the overview', () => {
  test('shows what an admin should act on', async () => {
    await leaveWork(app)
    expect(await read('/admin')).toContain('No worker is running')
    const edition = await createEdition(app, { kind: 'alert', slug: 'unsure', subject: 'Alert: unsure' })
    await createDelivery(app, edition, olena.email, { state: 'unknown', reason: 'the connection broke' })
    expect(await read('/admin')).toContain('1 delivery has an unknown result')
    const unknown = await read('/admin/unknown')
    for (const words of [olena.email, 'the connection broke', '/admin/editions/unsure/mark-accepted'])
      expect(unknown).toContain(words)
  })
})

describe('feeds', () => {
  test('are added and due at once, and the audit log has the addition', async () => {
    const answer = await pages.post('/admin/feeds', { url: 'https://example.org/feed.xml' }, admin)
    expect(answer.headers.get('location')).toMatch(/^\/admin\/feeds\/\d+\?done=added$/)
    expect(await read('/admin/feeds')).toContain('This feed was not polled yet. The next poll is due now.')
    expect(await read('/admin/audit')).toMatch(/admin:\d+[\s\S]*add feed/)
  })

  test('are refused with one sentence for a bad address, which stays in the form', async () => {
    const answer = await pages.post('/admin/feeds', { url: 'ftp://example.org/"feed' }, admin)
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('value="ftp://example.org/&quot;feed"')
    expect(page).toContain('id="url-problem"')
  })

  test('are all polled at the press of a button', async () => {
    await app.db
      .updateTable('feeds')
      .set({ next_poll_at: app.now().add({ hours: 5 }) })
      .execute()
    await pages.post('/admin/feeds/poll', {}, admin)
    expect(await read('/admin/feeds')).toContain('due now')
  })

  test('may have any title: it is shown as text', async () => {
    await app.db
      .updateTable('feeds')
      .set({
        title: '<img src=x onerror=alert(1)>',
        failures: 2,
        last_error: '</td><script>',
        last_polled_at: app.now(),
      })
      .execute()
    const page = await read('/admin/feeds')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).toContain('The last 2 polls failed: &lt;/td&gt;&lt;script&gt;')
    expect(page).not.toMatch(/<img|<script/)
  })
})

describe('readers', () => {
  test('are found by a part of their address', async () => {
    const found = await read('/admin/readers?q=olena')
    expect([found.includes(olena.email), found.includes(john.email)]).toEqual([true, false])
    expect(await read('/admin/readers?q=%25')).toContain('No reader has “%” in the address.')
  })

  test('show what they chose and what they got', async () => {
    const [, path] = /href="(\/admin\/readers\/\d+)">olena/.exec(await read('/admin/readers'))!
    const page = await read(path!)
    for (const words of ['Daily digest at 07:00, Europe/Kyiv', 'Alert: unsure', 'unknown'])
      expect(page).toContain(words)
    expect((await pages.get('/admin/readers/999999', admin)).status).toBe(404)
    expect((await pages.get('/admin/readers/x', admin)).status).toBe(404)
  })
})

describe('the audit log', () => {
  test('is checked on request: it is intact, until somebody changes an event', async () => {
    expect(await read('/admin/audit/verify')).toContain('The audit log is intact')
    await app.db.updateTable('audit_events').set({ reason: 'another' }).where('id', '=', 2).execute()
    expect(await verifyAudit(app.db, app.config.auditKeys)).toBe(2)
    expect(await read('/admin/audit/verify')).toContain('The audit log was changed: event 2 or')
  })

  test('shows the result of the nightly check, and the overview raises an alarm where it failed', async () => {
    const checked = (brokenAt: number | null) =>
      writeSetting(app.db, 'audit_checked', { at: '2026-11-23T03:00:00Z', brokenAt })
    expect(await read('/admin/audit')).toContain('The audit log was not checked yet')
    expect(await read('/admin')).not.toContain('Audit log:')
    await checked(null)
    expect(await read('/admin/audit')).toMatch(/The audit log is intact.*Mon 23 Nov 2026, 03:00 UTC/)
    expect(await read('/admin')).not.toContain('Audit log:')
    await checked(2)
    expect(await read('/admin/audit')).toContain('The audit log was changed: event 2 or')
    expect(await read('/admin')).toContain('<strong>Audit log:</strong> The audit log was changed: event 2 or')
  })
})
