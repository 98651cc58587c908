import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { labelClaim, maxLabelsOfDay } from '../../src/readers/label-claim.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { john, olena } from '../support/people.ts'
import { join, leave, linksOf } from '../support/readers.ts'
import { depotBurns, plantHit, plantStops, storyOf, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let story: number
/** The link of the alert on the power plant, and its address without the claim. */
let link: string
let address: string
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  pages = pagesOf(app)
  await join(app, john)
  await tell(app, plantHit)
  await raiseAlerts(app)
  await deliverMail(app)
  await tell(app, plantStops, depotBurns)
  story = await storyOf(app, plantHit)
  const found = new URL(/https?:\S+\/w\/\S+/.exec(mailOfAlert().text ?? '')![0])
  link = `${found.pathname}${found.search}`
  address = found.pathname
})
afterEach(() => app.close())

const mailOfAlert = () => app.sink.messages.find(({ parsed }) => parsed.text?.includes(plantHit.title))!.parsed
const stored = () =>
  app.db.selectFrom('labels').select(['wording', 'topic', 'story_id', 'text']).orderBy('id').execute()
const claim = (): number => Number(/claim=(\d+)/.exec(link)![1])
const strikes = 'infrastructure-strikes'
const text = async (path: string): Promise<string> => (await pages.get(path)).text()

describe('the link below a story of a mail', () => {
  test('stands once for each story in both parts', () => {
    const { html, text: plain } = mailOfAlert()
    expect(String(html).match(/Wrong topic or story\?/g)).toHaveLength(1)
    expect(plain?.match(/Wrong\? \[\d+\]/g)).toHaveLength(1)
    expect(String(html)).toContain(link)
  })

  test('shows the claims with their topics and changes nothing, under headers that keep its address secret', async () => {
    const answer = await pages.get(link)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    const page = await answer.text()
    expect(page).toContain('Missiles hit power plant of Dara')
    expect(page).toContain('Power plant of Dara stops')
    expect(page.match(/This is not about Infrastructure strikes/g)!.length).toBeGreaterThan(1)
    expect(page).not.toContain('oil depot')
    expect(page).not.toContain(john.email)
    expect(await stored()).toEqual([])
  })

  test('stores what a reader says of a topic, once, also from a browser that sends `Origin: null`', async () => {
    for (let n = 0; n < 2; n++) {
      const body = new URLSearchParams({ claim: String(claim()), story: String(story), topic: strikes })
      const answer = await pages.send(address, { method: 'POST', body, headers: { origin: 'null' } })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${address}?claim=${claim()}&done=yes`])
    }
    expect(await stored()).toMatchObject([{ wording: claim(), topic: strikes, story_id: null }])
    const page = await text(`${address}?claim=${claim()}&done=yes`)
    expect(page).toContain('Thank you, this is noted.')
    expect(page).toContain('You said that this is not about Infrastructure strikes.')
  })

  test('stores that a claim does not belong to its story, beside what was said of its topics', async () => {
    await pages.post(address, { claim: claim(), story })
    await pages.post(address, { claim: claim(), story, topic: strikes })
    await pages.post(address, { claim: claim(), story })
    expect(await stored()).toMatchObject([{ topic: null, story_id: story }, { topic: strikes }])
    expect(await text(link)).toContain('You said that this does not belong to this story.')
  })

  test('changes nothing that others get', async () => {
    const others = () =>
      Promise.all([
        text(`/stories/${story}`),
        text(`/topics/${strikes}`),
        app.db.selectFrom('matches').selectAll().orderBy('id').execute(),
        app.db.selectFrom('story_claims').selectAll().orderBy('wording').execute(),
      ])
    const before = await others()
    await pages.post(address, { claim: claim(), story })
    await pages.post(address, { claim: claim(), story, topic: strikes })
    expect(await others()).toEqual(before)
    await join(app, olena)
    const { label } = await linksOf(app, olena.email)
    expect(await text(`${label}?claim=${claim()}`)).not.toContain('You said')
  })

  test('leads to the story that tells the claim now', async () => {
    await app.db
      .updateTable('story_claims')
      .set({ story_id: await storyOf(app, depotBurns) })
      .where('wording', '=', claim())
      .execute()
    expect(await text(link)).toContain('oil depot of Lorn')
    const answer = await pages.post(address, { claim: claim(), story })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('the claim is not in that story or on that topic any more')
    expect(await stored()).toEqual([])
  })
})

describe('a hostile or broken request', () => {
  test('says in a sentence what is wrong with a form, and stores nothing', async () => {
    for (const sent of [
      {},
      { claim: 'x', story },
      { claim: -1, story },
      { claim: '1e400', story },
      { claim: claim() },
    ]) {
      const answer = await pages.post(address, sent)
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('The form arrived incomplete.')
    }
    for (const topic of ['displacement', 'weather', '<b>']) {
      expect((await pages.post(address, { claim: claim(), story, topic })).status).toBe(422)
    }
    expect((await pages.post(address, { claim: claim(), story, topic: 'x'.repeat(500) })).status).toBe(422)
    expect((await pages.post(address, { claim: 999_999, story })).status).toBe(404)
    expect(await stored()).toEqual([])
  })

  test('is not opened by another token, and opens nothing else', async () => {
    const { unsubscribe, preferences, mute } = await linksOf(app, john.email)
    const others = [unsubscribe.replace('/u/', '/w/'), preferences.replace('/p/', '/w/'), mute.replace('/m/', '/w/')]
    for (const path of [...others, '/w/forged', `${address}x`]) {
      expect((await pages.get(`${path}?claim=${claim()}`)).status).toBe(404)
      const answer = await pages.post(path, { claim: claim(), story, topic: strikes })
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('This link does not work')
    }
    for (const prefix of ['/p/', '/u/', '/m/', '/f/', '/c/']) {
      expect((await pages.get(address.replace('/w/', prefix))).status).toBe(404)
    }
    expect(await stored()).toEqual([])
  })

  test('from another site is refused', async () => {
    const body = new URLSearchParams({ claim: String(claim()), story: String(story), topic: strikes })
    const answer = await pages.send(address, { method: 'POST', body, headers: { 'sec-fetch-site': 'cross-site' } })
    expect(answer.status).toBe(403)
    expect(await stored()).toEqual([])
  })

  test('says that a story is missing, however it is named', async () => {
    for (const query of ['', '?story=999999', '?story=abc', '?claim=999999', '?claim=0', `?story=${'9'.repeat(400)}`]) {
      expect((await pages.get(`${address}${query}`)).status).toBe(404)
    }
  })

  test('of a reader who left is told so', async () => {
    await leave(app, john.email)
    expect((await pages.get(link)).status).toBe(410)
    expect((await pages.post(address, { claim: claim(), story, topic: strikes })).status).toBe(410)
    expect(await stored()).toEqual([])
  })

  test('cannot store more labels than those of a day', async () => {
    const { id } = await app.db.selectFrom('subscribers').select('id').executeTakeFirstOrThrow()
    const topics = Array.from({ length: maxLabelsOfDay }, (_, n) => `t${n}`)
    const about = { subscriber_id: id, wording: claim(), text: '', at: app.now() }
    await app.db
      .insertInto('labels')
      .values(topics.map((topic) => ({ ...about, topic, story_id: null, headline: null })))
      .execute()
    expect((await pages.post(address, { claim: claim(), story })).status).toBe(429)
    app.clock.later({ hours: 25 })
    const token = address.slice('/w/'.length)
    expect(await labelClaim(app, token, { claim: claim(), story, topic: null })).toEqual({ kind: 'labelled' })
  })
})

describe('the ways to the page', () => {
  test('from public pages and web copies lead to a page that says how, and hold no token', async () => {
    const { slug } = await app.db
      .selectFrom('editions')
      .select('slug')
      .where('kind', '=', 'alert')
      .executeTakeFirstOrThrow()
    const { item } = await app.db
      .selectFrom('items')
      .select('id as item')
      .where('title', '=', plantHit.title)
      .executeTakeFirstOrThrow()
    expect(await text(`/stories/${story}`)).toContain(`href="/wrong?story=${story}"`)
    expect(await text(`/items/${item}`)).toMatch(/href="\/wrong\?claim=\d+"/)
    const copy = await text(`/editions/${slug}`)
    expect(copy).toContain(`/wrong?claim=${claim()}`)
    expect(copy).not.toContain('/w/')
    expect(await text(`/wrong?story=${story}`)).toContain(`enter the number ${story} there`)
    expect((await pages.get('/wrong?story=<b>')).status).toBe(200)
  })

  test('from the preferences take the address or the number of a story', async () => {
    const { preferences, label } = await linksOf(app, john.email)
    expect(await text(preferences)).toContain(`<form action="${label}"`)
    for (const named of [`${story}`, ` ${story} `, `https://sitrep.example/stories/${story}?claim=3`]) {
      expect(await text(`${label}?${new URLSearchParams({ story: named })}`)).toContain('Missiles hit power plant')
    }
  })
})
