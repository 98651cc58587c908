import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { pollDueFeeds } from '../../src/feeds/poll.ts'
import { readRevisions } from '../../src/reading/read-revisions.ts'
import { rssOf } from '../parsing/entries.ts'
import { insertFeedAt, pollAgain } from '../support/feeds.ts'
import { john } from '../support/people.ts'
import { guarantee, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true, feedServer: true })
})
afterEach(() => app.close())

describe('a live page', () => {
  const versions = [
    [
      'Three killed in drone strikes on two power plants',
      'Drones hit the turbine hall of the power plant of Dara, the mayor said.',
    ],
    [
      'Four killed in drone strikes on two power plants',
      'Drones hit the turbine hall of the power plant of Dara, the mayor said.',
    ],
    [
      'Oil depot of Lorn burns after missile attack',
      'Missiles struck the oil depot of Lorn, and "nobody was hurt" there.',
    ],
    [
      'Oil depot of Lorn burns after missile attack',
      'Missiles struck the oil depot of Lorn, and “nobody was hurt” there.',
    ],
  ] as const

  test('that moves on to other news tells each event once, and withdraws nothing', async () => {
    await welcomed(app, john)
    const url = await insertFeedAt(app, '/live')
    app.feedServer.set('/live', { body: rssOf([]) })
    await pollDueFeeds(app)
    for (const [title, text] of versions) {
      app.feedServer.set('/live', { body: rssOf([{ id: 'live', title, text }]) })
      await pollAgain(app, url)
      await readRevisions(app)
      await raiseAlerts(app)
    }
    const mails = await newsTo(app, john)
    expect(mails.every(({ subject, text }) => !/Corrected/.test(subject + text))).toBe(true)
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Three killed in drone strikes on two power plants',
      'Update: Four killed in drone strikes on two power plants',
      'Oil depot of Lorn burns after missile attack',
    ])
    expect(mails.filter(({ text }) => text.includes('Three killed'))).toHaveLength(1)
    expect(mails.filter(({ text }) => text.includes('turbine hall'))).toHaveLength(1)
    expect(mails.filter(({ text }) => text.includes('oil depot'))).toHaveLength(1)
    expect(mails.at(-1)!.text).toContain('Oil depot of Lorn burns')
  })

  test('whose title stays tells the figure that is another one below it', async () => {
    await welcomed(app, john)
    const url = await insertFeedAt(app, '/live')
    app.feedServer.set('/live', { body: rssOf([]) })
    await pollDueFeeds(app)
    const title = 'Missiles hit the power plant of Dara'
    for (const homes of ['3,000', '8,000', '8,000']) {
      const text = `The strike on the power plant of Dara cut off ${homes} homes.`
      app.feedServer.set('/live', { body: rssOf([{ id: 'live', title, text }]) })
      await pollAgain(app, url)
      await readRevisions(app)
      await raiseAlerts(app)
    }
    expect((await newsTo(app, john)).map(({ subject }) => subject)).toEqual([
      title,
      'Update: The strike on the power plant of Dara cut off 8,000 homes.',
    ])
  })

  test('that grows in place sends only what is new', async () => {
    await welcomed(app, john)
    const url = await insertFeedAt(app, '/flash')
    const body = (...items: string[]) =>
      rssOf([
        {
          id: 'flash',
          text: `&lt;h3&gt;Highlights&lt;/h3&gt;&lt;ul&gt;${items.map((each) => `&lt;li&gt;${each}&lt;/li&gt;`).join('')}&lt;/ul&gt;`,
        },
      ])
    app.feedServer.set('/flash', { body: body(strike) })
    await pollDueFeeds(app)
    await readRevisions(app)
    await raiseAlerts(app)
    app.feedServer.set('/flash', { body: body(strike, guarantee) })
    await pollAgain(app, url)
    await readRevisions(app)
    await raiseAlerts(app)
    const told = await newsTo(app, john)
    expect(told.map(({ text }) => [text.includes(strike.slice(0, -1)), text.includes(guarantee.slice(0, -1))])).toEqual(
      [[false, true]],
    )
  })
})
