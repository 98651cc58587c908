import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertFeed } from '../../src/feeds/store/feeds.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { another, olena as first } from '../support/people.ts'
import { join, linksOf, readerOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let olena = first
let link: string
let own: string
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
})
beforeEach(async () => {
  olena = another(first)
  await join(app, olena)
  link = (await linksOf(app, olena.email)).preferences
  own = `${link}/subscriptions/${(await subscriptions())[0]!.id}`
})
afterAll(() => app.close())

const subscriptions = async () => (await readerOf(app, olena.email)).subscriptions
const daily = { topics: first.topics, at: '07:00', zone: 'Europe/Kyiv', minScore: '0', minutes: '2' }
const newOne = (cadence: string) => `${link}/subscriptions/new?cadence=${cadence}`
const alerts = { topics: ['displacement'], zone: 'America/New_York' }

describe('the preferences page', () => {
  test('shows the subscriptions in words with the way to change each, and changes nothing', async () => {
    const page = await (await pages.get(link)).text()
    expect(page).toContain('<h3>Daily digest at 07:00, Europe/Kyiv</h3>')
    expect(page).toContain(`href="${own}"`)
    expect(page).toContain('subscriptions/new?cadence=weekly">a weekly digest</a>')
    expect(await subscriptions()).toHaveLength(1)
  })

  test('says what a subscription leaves out', async () => {
    const feed = await insertFeed(app.db, { url: `https://${olena.email}/feed`, title: 'Wire', now: app.now() })
    await pages.post(own, {
      ...daily,
      match: 'all',
      feeds: [String(feed!.id)],
      languages: ['uk', 'fr'],
      minScore: '0.5',
    })
    const words =
      'Only takeaways on all of these topics, from 1 feed, in Ukrainian or French, with a score of 0.5 or more.'
    expect(await (await pages.get(link)).text()).toContain(words)
  })

  test('pauses all mail until the morning of a date in the zone of the reader, and ends the pause', async () => {
    const answer = await pages.post(`${link}/pause`, { until: '2026-12-24' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${link}?done=paused`])
    expect((await readerOf(app, olena.email)).paused_until?.toString()).toBe('2026-12-23T22:00:00Z')
    expect(await (await pages.get(link)).text()).toContain('paused until the morning of Thursday, 24 December 2026')
    expect(await (await pages.get(`${link}?done=resumed`)).text()).not.toContain('no longer paused')
    await pages.post(`${link}/pause`, {})
    expect(await (await pages.get(`${link}?done=paused`)).text()).not.toContain('All your mail is paused.')
    expect((await readerOf(app, olena.email)).paused_until).toBeNull()
    expect(await (await pages.get(link)).text()).toContain('Send nothing until the morning of')
  })

  test('says what is wrong with the date of a pause', async () => {
    const problemOf = async (until: string) => {
      const answer = await pages.post(`${link}/pause`, { until })
      expect(answer.status).toBe(422)
      return /<div class="alarm" role="alert"><p>([^<]*)/.exec(await answer.text())?.[1]
    }
    expect(await problemOf('tomorrow')).toBe('Give the date as YYYY-MM-DD, such as 2026-12-24.')
    expect(await problemOf('2026-02-30')).toBe('Give the date as YYYY-MM-DD, such as 2026-12-24.')
    expect(await problemOf('2026-11-01')).toBe('Choose a date after today: mail starts again on its morning.')
    expect(await problemOf('2028-11-01')).toMatch(/^Choose a date within a year/)
    expect((await readerOf(app, olena.email)).paused_until).toBeNull()
  })

  test('ends every subscription', async () => {
    const page = await (await pages.post(`${link}/end`, {})).text()
    expect(page).toContain('You are unsubscribed')
    expect(await subscriptions()).toMatchObject([{ state: 'ended' }])
    expect((await pages.get(link)).status).toBe(410)
  })

  test('says that a link of 31 days has expired, and links to a new one', async () => {
    app.clock.later({ hours: 24 * 31 })
    const answer = await pages.get(link)
    expect(answer.status).toBe(410)
    expect(await answer.text()).toContain('href="/preferences"')
    for (const path of [own, `${own}/end`, `${link}/end`, `${link}/pause`])
      expect((await pages.post(path, daily)).status).toBe(410)
  })

  test('is not opened by an unsubscribe token or a forged one', async () => {
    const { unsubscribe } = await linksOf(app, olena.email)
    expect((await pages.get(unsubscribe.replace('/u/', '/p/'))).status).toBe(404)
    expect((await pages.get('/p/forged')).status).toBe(404)
    expect((await pages.get('/p/forged/subscriptions/new')).status).toBe(404)
  })
})

describe('the page of a subscription', () => {
  test('shows the fields as they stand', async () => {
    const page = await (await pages.get(own)).text()
    expect(page).toContain('name="at" value="07:00"')
    expect(page).toContain('<option selected>Europe/Kyiv</option>')
    expect(page).toContain('<option value="2" selected>About 2 minutes</option>')
    expect(page).not.toContain('name="weekday"')
  })

  test('saves new topics, time, zone and score, keeping the order of the topics', async () => {
    const form = { at: '18:30', zone: 'Asia/Tokyo', minScore: '0.5', minutes: 'all', quietMail: '1' }
    const answer = await pages.post(own, { ...form, topics: ['displacement', 'security-guarantees'] })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${link}?done=saved`])
    expect(await subscriptions()).toMatchObject([
      {
        ...{ topics: ['security-guarantees', 'displacement'], local_time: '18:30', zone: 'Asia/Tokyo', min_score: 0.5 },
        ...{ minutes: null, quiet_mail: true },
      },
    ])
    expect(await (await pages.get(`${link}?done=saved`)).text()).toContain('Your subscription is saved.')
  })

  test('an empty form changes nothing', async () => {
    expect((await pages.post(own, {})).status).toBe(422)
    expect(await subscriptions()).toMatchObject([{ state: 'active', topics: first.topics }])
  })

  test('adds a second subscription of any cadence without another confirmation', async () => {
    await pages.post(newOne('weekly'), { ...daily, topics: ['displacement'], weekday: '4' })
    await pages.post(newOne('daily'), { ...daily, topics: ['displacement'], at: '19:00' })
    expect(await subscriptions()).toMatchObject([
      { cadence: 'daily', ordinal: 0, state: 'active', topics: first.topics },
      { cadence: 'daily', ordinal: 1, state: 'active', topics: ['displacement'], local_time: '19:00' },
      { cadence: 'weekly', state: 'active', topics: ['displacement'], weekday: 4 },
    ])
    const page = await (await pages.get(link)).text()
    expect(page).toContain('Weekly digest on Thursdays at 07:00, Europe/Kyiv')
    expect((await pages.get(newOne('hourly'))).status).toBe(404)
  })

  test('ends one subscription, and says so', async () => {
    await pages.post(newOne('alert'), alerts)
    const answer = await pages.post(`${own}/end`, {})
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${link}?done=ended`])
    expect(await subscriptions()).toMatchObject([
      { cadence: 'alert', state: 'active' },
      { cadence: 'daily', state: 'ended' },
    ])
    const page = await pages.get(own)
    expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('You have no such subscription')])
    expect(await (await pages.post(own, daily)).text()).toContain('nothing was saved')
  })

  test('of another reader is not shown, changed or ended', async () => {
    const mine = own
    olena = another(first)
    await join(app, olena)
    const stranger = (await linksOf(app, olena.email)).preferences
    const path = `${stranger}/subscriptions/${mine.split('/').at(-1)}`
    expect([(await pages.get(path)).status, (await pages.post(path, daily)).status]).toEqual([410, 410])
    await pages.post(`${path}/end`, {})
    expect((await pages.get(mine)).status).toBe(200)
  })

  test('saves the quiet hours of alerts with their zone, and forgets them when both times are empty', async () => {
    await pages.post(newOne('alert'), { ...alerts, quietFrom: '22:00', quietTo: '06:30' })
    const [alert] = await subscriptions()
    expect(alert).toMatchObject({ zone: 'America/New_York', quiet_from: '22:00', quiet_to: '06:30' })
    const path = `${link}/subscriptions/${alert!.id}`
    const page = await (await pages.get(path)).text()
    expect(page).toContain('name="quietFrom" value="22:00"')
    expect(page).toMatch(/id="zone"[\s\S]*<option selected>America\/New_York/)
    await pages.post(path, { ...alerts, quietFrom: '', quietTo: '' })
    expect((await subscriptions())[0]).toMatchObject({ quiet_from: null, quiet_to: null, max_alerts: 12 })
  })

  test('saves how many alerts a day come at most, and says what is wrong with another number', async () => {
    await pages.post(newOne('alert'), { ...alerts, maxAlerts: '3' })
    const [alert] = await subscriptions()
    expect(alert).toMatchObject({ max_alerts: 3 })
    const path = `${link}/subscriptions/${alert!.id}`
    expect(await (await pages.get(path)).text()).toContain('name="maxAlerts" value="3"')
    for (const wrong of ['0', '101', '2.5', '-1', 'many', '1e9', '0x10']) {
      const answer = await pages.post(path, { ...alerts, maxAlerts: wrong })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('Choose how many alerts a day come at most, from 1 to 100.')
    }
  })

  test('says in one sentence what is wrong with quiet hours', async () => {
    const problemOf = async (quietFrom: string, quietTo: string) => {
      const answer = await pages.post(newOne('alert'), { ...alerts, quietFrom, quietTo })
      expect(answer.status).toBe(422)
      return /id="quiet-problem"[^>]*>([^<]*)/.exec(await answer.text())?.[1]
    }
    const unclear = 'Give the quiet hours with a beginning and an end, such as 22:00-06:00.'
    expect(await problemOf('22:00', '')).toBe(unclear)
    expect(await problemOf('', '06:00')).toBe(unclear)
    expect(await problemOf('25:00', '06:00')).toBe(unclear)
    expect(await problemOf('22:00', '22:00')).toBe('The quiet hours must begin and end at different times.')
    expect(await subscriptions()).toMatchObject([{ cadence: 'daily' }])
  })

  test('saves nothing when a field is wrong, marks it and keeps what was entered', async () => {
    const answer = await pages.post(own, { ...daily, at: '08:15', topics: [] })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain('id="topics-problem">Choose at least one topic.')
    expect(page).toContain('name="at" value="08:15"')
    expect(await subscriptions()).toMatchObject([{ cadence: 'daily', local_time: '07:00' }])
  })

  test('saves places by their names, shows them again, and says which name it does not know', async () => {
    await pages.post(own, { ...daily, places: 'ukraine\nNorth Darfur' })
    expect((await subscriptions())[0]).toMatchObject({ places: ['UA', 'SD-DN'] })
    expect(await (await pages.get(own)).text()).toContain('>Ukraine\nNorth Darfur, Sudan</textarea>')
    expect(await (await pages.get(link)).text()).toContain('Only takeaways about Ukraine; North Darfur, Sudan.')
    const answer = await pages.post(own, { ...daily, places: 'Ukraine\nNowhereland' })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('id="places-problem">We know no place “Nowhereland”.')
    expect(page).toContain('>Ukraine\nNowhereland</textarea>')
    expect((await subscriptions())[0]).toMatchObject({ places: ['UA', 'SD-DN'] })
  })

  test('offers the languages of feeds, and says for which no topic has rules', async () => {
    for (const language of ['pl', 'en-GB']) {
      const url = `https://${language}.example/feed`
      const feed = (await insertFeed(app.db, { url, title: language, now: app.now() }))!
      await app.db.updateTable('feeds').set({ language }).where('id', '=', feed.id).execute()
    }
    const page = await (await pages.get(own)).text()
    expect(page).toContain(
      '<label for="language-pl">Polish <span class="hint">No topic has rules for it yet.</span></label>',
    )
    expect(page).toContain('<label for="language-en">English</label>')
  })

  test('refuses fields that no form sends', async () => {
    for (const wrong of [
      { weekday: '9' },
      { minutes: '3' },
      { minScore: 'x' },
      { feeds: ['-1'] },
      { languages: ['*'] },
    ])
      expect((await pages.post(own, { ...daily, ...wrong })).status).toBe(422)
    expect(await subscriptions()).toMatchObject([{ weekday: 1, minutes: 2, min_score: 0, feeds: [], languages: [] }])
  })
})

describe('asking for a link', () => {
  test('answers the same for a known and an unknown address, and mails only the known one', async () => {
    const known = await (await pages.post('/preferences', { email: olena.email, website: '' })).text()
    const unknown = await (await pages.post('/preferences', { email: 'nobody@example.org', website: '' })).text()
    expect(unknown).toBe(known)
    const editions = await app.db.selectFrom('editions').select('kind').where('kind', '!=', 'change').execute()
    expect(editions).toEqual([{ kind: 'link' }])
  })

  test('says beside the field that an address is invalid', async () => {
    const answer = await pages.post('/preferences', { email: 'olena', website: '' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('value="olena"')
  })
})
