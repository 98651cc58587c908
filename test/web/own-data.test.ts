import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wasErased } from '../../src/readers/store/erased-addresses.ts'
import { addMute } from '../../src/readers/store/mutes.ts'
import { createDelivery, createEdition } from '../support/deliveries.ts'
import { columnsWith, tracesOf } from '../support/every-text.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { olena } from '../support/people.ts'
import { join, leave, linksInMail, readerOf, tokenOf } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const anna = { ...olena, email: 'anna.quillfeather@example.org' }

let app: TestApp
let pages: Pages
let link: string
beforeEach(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
  await report(app, 'one', [strike])
  await join(app, anna)
  const edition = await createEdition(app, { kind: 'daily', slug: 'first', subject: 'The first digest' })
  await createDelivery(app, edition, anna.email, { state: 'accepted' })
  await app.db.transaction().execute(async (tx) => {
    await addMute(tx, (await readerOf(app, anna.email)).id, { takeaway: 1, headline: 'A muted story', at: app.now() })
  })
  link = `/p/${await tokenOf(app, anna.email, 'preferences')}`
})
afterEach(() => app.close())

type Data = { address: string; subscriptions: object[]; muted: object[]; timeline: { text?: string }[] }

const textOf = async (path: string) => (await pages.get(path)).text()
const state = async () => {
  const { rows } = await sql<{
    all: string
  }>`select md5(string_agg(p::text, '')) || (select count(*) from erased_addresses)
    as all from subscribers p`.execute(app.db)
  return rows[0]!.all
}

test('the preferences lead to a page with all that is kept, which names no address in full', async () => {
  expect(await textOf(link)).toContain(`href="${link}/data"`)
  const data = await textOf(`${link}/data`)
  for (const part of ['a…@example.org', 'Daily digest at 07:00', 'A muted story', 'The first digest', 'in person'])
    expect(data).toContain(part)
  expect(data).not.toContain(anna.email)
})

test('the file has all of it as JSON, in pages of the timeline', async () => {
  const { id } = await readerOf(app, anna.email)
  await sql`insert into consents (subscriber_id, kind, text, source, at)
    select ${id}, 'changed', 'number ' || n, 'link', now() - n * interval '1 hour' from generate_series(1, 1200) n`.execute(
    app.db,
  )
  const answer = await pages.get(`${link}/data.json`)
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="my-data.json"')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const data = (await answer.json()) as Data
  expect([data.address, data.subscriptions.length, data.muted.length]).toEqual([anna.email, 1, 1])
  const texts = data.timeline.map((event) => event.text)
  expect(new Set(texts.filter((text) => text?.startsWith('number'))).size).toBe(1200)
  expect(data.timeline).toHaveLength(new Set(data.timeline.map((one) => JSON.stringify(one))).size)
})

test('the link of a digest, which may be forwarded, shows and erases nothing', async () => {
  const narrow = (await linksInMail(app, anna.email)).preferences
  for (const path of ['/data', '/data.json', '/erase']) expect((await pages.get(`${narrow}${path}`)).status).toBe(403)
  expect((await pages.post(`${narrow}/erase`, { email: anna.email })).status).toBe(403)
  expect((await readerOf(app, anna.email)).state).toBe('active')
})

test('who opens the link, or types another address, erases nothing', async () => {
  const before = await state()
  const form = await textOf(`${link}/erase`)
  expect(form).toContain('Type your mail address to confirm')
  const other = await pages.post(`${link}/erase`, { email: 'john@example.org' })
  expect([other.status, await other.text()]).toEqual([422, expect.stringContaining('Nothing was erased')])
  expect((await pages.post(`${link}/erase`, {})).status).toBe(422)
  expect(await state()).toBe(before)
})

test('a reader erases herself by typing her address; the page says so, no mail does, and the link is void', async () => {
  const { id } = await readerOf(app, anna.email)
  const done = await pages.post(`${link}/erase`, { email: ' Anna.Quillfeather@EXAMPLE.org ' })
  expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Your data is erased')])
  expect(await columnsWith(app.db, tracesOf(anna.email))).toEqual([])
  expect(await wasErased(app.db, app.config.secretKeys, [anna.email])).toEqual(new Set([anna.email]))
  const mails = await app.db.selectFrom('deliveries').select('state').where('subscriber_id', '=', id).execute()
  expect(mails).toEqual([{ state: 'accepted' }])
  for (const path of ['', '/data', '/data.json', '/erase']) {
    const answer = await pages.get(`${link}${path}`)
    expect([answer.status, await answer.text()]).toEqual([410, expect.stringContaining('was erased')])
  }
  expect((await pages.post(`${link}/erase`, { email: anna.email })).status).toBe(410)
})

test('who has unsubscribed can still see and erase the data with a link that was mailed before', async () => {
  await leave(app, anna.email)
  expect((await pages.get(link)).status).toBe(410)
  expect(await textOf(`${link}/data`)).toContain('<span class="state gone">gone</span>')
  expect((await pages.post(`${link}/erase`, { email: anna.email })).status).toBe(200)
})

test('admins see what happened to a reader, by pages, and why a date was silent', async () => {
  const admin = await pages.signIn()
  const { id } = await readerOf(app, anna.email)
  const path = `/admin/readers/${id}/timeline`
  expect(await (await pages.get(`/admin/readers/${id}`, admin)).text()).toContain(`href="${path}"`)
  const all = await (await pages.get(path, admin)).text()
  for (const part of ['The first digest', 'accepted by the relay', 'as an admin recorded (test)'])
    expect(all).toContain(part)
  const day = await (await pages.get(`${path}?date=2026-11-20`, admin)).text()
  expect(day).toContain('No daily digest of 2026-11-20: the reader confirmed later')
  expect(day).not.toContain('The first digest')
  expect(await (await pages.get(`${path}?date=Tuesday`, admin)).text()).toContain('YYYY-MM-DD')
  expect((await pages.get(path)).status).not.toBe(200)
  expect((await pages.get('/admin/readers/99/timeline', admin)).status).toBe(404)
})
