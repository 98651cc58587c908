import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { john } from '../support/people.ts'
import { join, leave, linksOf } from '../support/readers.ts'
import { report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
let pages: Pages
let link: string
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  pages = pagesOf(app)
  await join(app, john)
  await report(app, 'one', [strike])
  await raiseAlerts(app)
  await deliverMail(app)
  link = new URL(/https?:\S+\/m\/\S+/.exec(app.sink.messages[0]!.parsed.text ?? '')![0]).pathname
})
afterEach(() => app.close())

const mutes = () => app.db.selectFrom('mutes').select('headline').execute()
const storyOf = async (): Promise<string> =>
  /name="story" value="(\d+)"/.exec(await (await pages.get(link)).text())?.[1] ?? ''

describe('the page behind the link of an alert', () => {
  test('shows the story with a button, under headers that keep its address secret', async () => {
    const answer = await pages.get(link)
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await answer.text()).toMatch(/Drones struck a substation[\s\S]*<button[^>]*>Mute this story/)
    expect(await mutes()).toEqual([])
  })

  test('mutes the story when the button is pressed, also by a browser that sends `Origin: null`', async () => {
    const body = new URLSearchParams({ story: await storyOf() })
    const answer = await pages.send(link, { method: 'POST', body, headers: { origin: 'null' } })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('The story is muted')
    expect(await mutes()).toEqual([
      { headline: 'Drones struck a substation near the river port and cut power to thirty thousand homes' },
    ])
    expect(await (await pages.get(link)).text()).toContain('You have muted this story.')
  })

  test('says in a sentence that a story is missing or of no mail', async () => {
    for (const story of ['', 'x', '-1', '1e400']) {
      const answer = await pages.post(link, { story })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('Choose a story of the list.')
    }
    expect((await pages.post(link, { story: 999_999 })).status).toBe(404)
    expect(await mutes()).toEqual([])
  })

  test('is not opened by another token', async () => {
    const { unsubscribe } = await linksOf(app, john.email)
    expect((await pages.get(unsubscribe.replace('/u/', '/m/'))).status).toBe(404)
    expect((await pages.get('/m/forged')).status).toBe(404)
    expect((await pages.get(link.replace('/m/', '/p/'))).status).toBe(404)
  })

  test('says that a reader who left gets no alerts', async () => {
    await leave(app, john.email)
    expect((await pages.get(link)).status).toBe(410)
  })
})

describe('the preferences', () => {
  test('list what is muted, and unmute it', async () => {
    const story = await storyOf()
    await pages.post(link, { story })
    const { preferences } = await linksOf(app, john.email)
    expect(await (await pages.get(preferences)).text()).toContain('Unmute: Drones struck a substation')
    const answer = await pages.post(`${preferences}/mutes`, { story })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${preferences}?done=unmuted`])
    expect(await mutes()).toEqual([])
    const page = await (await pages.get(`${preferences}?done=unmuted`)).text()
    expect(page).toContain('The story is no longer muted.')
    expect(page).not.toContain('Muted stories')
    await pages.post(`${preferences}/mutes`, { story })
    const changes = await app.db.selectFrom('consents').select('text').where('kind', '=', 'changed').execute()
    expect(changes.map(({ text }) => text.split(' ')[0])).toEqual(['Muted', 'Unmuted'])
  })
})
