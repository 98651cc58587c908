import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Pages, pagesOf } from '../support/pages.ts'
import { another, olena as first } from '../support/people.ts'
import { join, linksOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let olena = first
let link: string
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
})
beforeEach(async () => {
  olena = another(first)
  await join(app, olena)
  link = (await linksOf(app, olena.email)).preferences
})
afterAll(() => app.close())

const daily = {
  'daily.on': '1',
  'daily.topics': first.topics,
  'daily.at': '07:00',
  'daily.zone': 'Europe/Kyiv',
  'daily.minScore': '0',
}
const subscriptions = () =>
  app.db
    .selectFrom('subscriptions')
    .innerJoin('subscribers', 'subscribers.id', 'subscriber_id')
    .where('email', '=', olena.email)
    .select([
      'cadence',
      'subscriptions.state',
      'topics',
      'local_time',
      'zone',
      'min_score',
      'quiet_from',
      'quiet_to',
      'max_alerts',
    ])
    .orderBy('cadence')
    .execute()

describe('the preferences page', () => {
  test('shows the subscriptions as they stand and changes nothing', async () => {
    const page = await (await pages.get(link)).text()
    expect(page).toMatch(/name="daily.on" value="1" checked/)
    expect(page).not.toMatch(/name="alert.on" value="1" checked/)
    expect(page).toContain('<option selected>Europe/Kyiv</option>')
    expect(await subscriptions()).toHaveLength(1)
  })

  test('an empty form ends nothing', async () => {
    expect((await pages.post(link, {})).status).toBe(422)
    expect(await subscriptions()).toMatchObject([{ cadence: 'daily', state: 'active' }])
  })

  test('saves new topics, time, zone and score, keeping the order of the topics', async () => {
    const form = {
      ...daily,
      'daily.topics': ['displacement', 'security-guarantees'],
      'daily.at': '18:30',
      'daily.zone': 'Asia/Tokyo',
      'daily.minScore': '0.5',
    }
    const answer = await pages.post(link, form)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${link}?done=saved`])
    expect(await subscriptions()).toMatchObject([
      { topics: ['security-guarantees', 'displacement'], local_time: '18:30', zone: 'Asia/Tokyo', min_score: 0.5 },
    ])
    expect(await (await pages.get(`${link}?done=saved`)).text()).toContain('Your preferences are saved.')
  })

  test('adds no cadence that is not ticked, although the form sends its hidden fields', async () => {
    await pages.post(link, { ...daily, 'weekly.topics': first.topics, 'weekly.at': '09:00', 'weekly.zone': 'UTC' })
    expect(await subscriptions()).toMatchObject([{ cadence: 'daily', state: 'active' }])
  })

  test('adds a second cadence without another confirmation', async () => {
    await pages.post(link, { ...daily, 'alert.on': '1', 'alert.topics': ['displacement'] })
    expect(await subscriptions()).toMatchObject([
      { cadence: 'alert', state: 'active', topics: ['displacement'] },
      { cadence: 'daily' },
    ])
  })

  test('saves the quiet hours of alerts with their zone, and forgets them when both times are empty', async () => {
    const alerts = { 'alert.on': '1', 'alert.topics': ['displacement'], 'alert.zone': 'America/New_York' }
    await pages.post(link, { ...daily, ...alerts, 'alert.quietFrom': '22:00', 'alert.quietTo': '06:30' })
    expect((await subscriptions())[0]).toMatchObject({
      zone: 'America/New_York',
      quiet_from: '22:00',
      quiet_to: '06:30',
    })
    const page = await (await pages.get(link)).text()
    expect(page).toContain('name="alert.quietFrom" value="22:00"')
    expect(page).toMatch(/id="alert-zone"[\s\S]*<option selected>America\/New_York/)
    await pages.post(link, { ...daily, ...alerts, 'alert.quietFrom': '', 'alert.quietTo': '' })
    expect((await subscriptions())[0]).toMatchObject({ quiet_from: null, quiet_to: null, max_alerts: 12 })
  })

  test('saves how many alerts a day come at most, and says what is wrong with another number', async () => {
    const alerts = { ...daily, 'alert.on': '1', 'alert.topics': ['displacement'] }
    await pages.post(link, { ...alerts, 'alert.maxAlerts': '3' })
    expect((await subscriptions())[0]).toMatchObject({ max_alerts: 3 })
    expect(await (await pages.get(link)).text()).toContain('name="alert.maxAlerts" value="3"')
    for (const wrong of ['0', '101', '2.5', '-1', 'many', '1e9', '0x10']) {
      const answer = await pages.post(link, { ...alerts, 'alert.maxAlerts': wrong })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('Choose how many alerts a day come at most, from 1 to 100.')
    }
  })

  test('say in one sentence what is wrong with quiet hours', async () => {
    const alerts = { 'alert.on': '1', 'alert.topics': ['displacement'] }
    const problemOf = async (from: string, to: string) => {
      const answer = await pages.post(link, { ...daily, ...alerts, 'alert.quietFrom': from, 'alert.quietTo': to })
      expect(answer.status).toBe(422)
      return /id="alert-quiet-problem"[^>]*>([^<]*)/.exec(await answer.text())?.[1]
    }
    const unclear = 'Give the quiet hours with a beginning and an end, such as 22:00-06:00.'
    expect(await problemOf('22:00', '')).toBe(unclear)
    expect(await problemOf('', '06:00')).toBe(unclear)
    expect(await problemOf('25:00', '06:00')).toBe(unclear)
    expect(await problemOf('22:00', '22:00')).toBe('The quiet hours must begin and end at different times.')
    expect(await subscriptions()).toMatchObject([{ cadence: 'daily' }])
  })

  test('ends every subscription when nothing is ticked', async () => {
    const page = await (
      await pages.post(link, { 'daily.at': '07:00', 'weekly.at': '07:00', 'alert.at': '07:00' })
    ).text()
    expect(page).toContain('You are unsubscribed')
    expect(await subscriptions()).toMatchObject([{ state: 'ended' }])
    expect((await pages.get(link)).status).toBe(410)
  })

  test('saves nothing when one part is wrong, marks it and keeps what was entered', async () => {
    const answer = await pages.post(link, { ...daily, 'daily.at': '08:15', 'alert.on': '1', 'alert.topics': [] })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('id="alert-topics-problem">Choose at least one topic.')
    expect(page).toContain('name="daily.at" value="08:15"')
    expect(await subscriptions()).toMatchObject([{ cadence: 'daily', local_time: '07:00' }])
  })

  test('says that a link of 31 days has expired, and links to a new one', async () => {
    app.clock.later({ hours: 24 * 31 })
    const answer = await pages.get(link)
    expect(answer.status).toBe(410)
    expect(await answer.text()).toContain('href="/preferences"')
    expect((await pages.post(link, daily)).status).toBe(410)
  })

  test('is not opened by an unsubscribe token or a forged one', async () => {
    const { unsubscribe } = await linksOf(app, olena.email)
    expect((await pages.get(unsubscribe.replace('/u/', '/p/'))).status).toBe(404)
    expect((await pages.get('/p/forged')).status).toBe(404)
  })
})

describe('asking for a link', () => {
  test('answers the same for a known and an unknown address, and mails only the known one', async () => {
    const known = await (await pages.post('/preferences', { email: olena.email, website: '' })).text()
    const unknown = await (await pages.post('/preferences', { email: 'nobody@example.org', website: '' })).text()
    expect(unknown).toBe(known)
    const editions = await app.db.selectFrom('editions').select('kind').execute()
    expect(editions).toEqual([{ kind: 'link' }])
  })

  test('says beside the field that an address is invalid', async () => {
    const answer = await pages.post('/preferences', { email: 'olena', website: '' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('value="olena"')
  })
})
