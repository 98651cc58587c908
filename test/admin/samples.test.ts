import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replay } from '../../src/admin/replay/replay.ts'
import { parseReports } from '../../src/admin/replay/report-line.ts'
import { sampleFeeds } from '../../src/admin/samples/sample-feeds.ts'
import { createSampleServer, type SampleServer } from '../../src/admin/samples/sample-server.ts'
import { createFetcher, type Fetcher } from '../../src/http/fetch.ts'
import { parseFeed } from '../../src/parsing/parse-feed.ts'
import { choiceSchema } from '../../src/readers/rules/subscription.ts'
import { topics } from '../support/people.ts'
import { openTestApp } from '../support/test-app.ts'

const daily = choiceSchema.parse({ topics, cadence: 'daily', at: '07:00', zone: 'Europe/Kyiv' })
const firstStart = Temporal.Instant.from('2026-03-04T22:30:00Z')
let now = firstStart
let server: SampleServer
let fetcher: Fetcher

beforeAll(async () => {
  server = await createSampleServer({ firstStart, now: () => now })
  fetcher = createFetcher({
    site: 'https://sitrep.example',
    contact: 'desk@sitrep.example',
    allow: [],
    samplesPort: () => server.port,
  })
})
afterAll(async () => {
  await fetcher.close()
  await server.close()
})

async function items(index: number) {
  const outcome = await fetcher.get(sampleFeeds[index]!.url)
  if (outcome.kind !== 'fetched') throw new Error(JSON.stringify(outcome))
  const parsed = await parseFeed(outcome.body, { contentType: outcome.headers.contentType, url: outcome.url })
  if (parsed.kind !== 'parsed') throw new Error(parsed.reason)
  expect(parsed).toMatchObject({ repairs: [], document: { title: sampleFeeds[index]!.title } })
  return parsed.document.items
}

describe('what the sample feeds tell', () => {
  it('is one strike in two of them, with figures that differ, a toll that rises, and what goes on', async () => {
    now = firstStart.add({ hours: 24 })
    const feeds = await Promise.all([0, 3].map((index) => items(index)))
    const lines = feeds.flatMap((all, feed) =>
      all.map(({ key, title, url, published, content, summary }) =>
        JSON.stringify({ id: `${feed} ${key}`, feed: `feed ${feed}`, published, title, url, html: content ?? summary }),
      ),
    )
    const app = await openTestApp()
    const mails = await replay(app, { reports: parseReports(lines.join('\n')), reader: daily })
    await app.close()
    const [third, fourth] = mails.slice(-2).map(({ text }) => text.replace(/\s+/g, ' '))
    expect(third).toMatch(/1\. Toll of missile strike .* rises to three Infrastructure strikes · Update · 2 publishers/)
    expect(third).toMatch(/without power: about 640,000 customers .* about 720,000 customers .*\(sources differ\)/)
    expect(fourth).toMatch(/CONTINUING, AND FROM EARLIER - Emergency outages continue in five regions/)
  })
})

describe('the sample feeds', () => {
  it('show the newest assessment from its publication on, four seconds after the first start', async () => {
    now = firstStart
    expect((await items(0)).map(({ title }) => title)).toEqual([
      'Daily assessment, March 3, 2026',
      'Daily assessment, March 2, 2026',
      'Daily assessment, March 1, 2026',
    ])
    now = firstStart.add({ seconds: 4 })
    expect((await items(0))[0]).toMatchObject({
      title: 'Daily assessment, March 4, 2026',
      published: '2026-03-04T22:30:04.000Z',
    })
  })

  it('have dates relative to the first start, whenever they are fetched', async () => {
    now = firstStart.add({ hours: 100 })
    const hours = async (index: number) =>
      (await items(index)).map(({ published }) =>
        Math.round(Temporal.Instant.from(published!).since(firstStart).total('hours')),
      )
    expect([await hours(0), await hours(1), await hours(2), await hours(3)]).toEqual([
      [0, -20, -44, -68],
      [-9, -126],
      [-12, -60],
      [20, 3, -2, -21],
    ])
  })

  it('leave no placeholder unfilled', async () => {
    for (const index of [0, 1, 2, 3]) expect(JSON.stringify(await items(index))).not.toMatch(/\{\{|\}\}/)
  })

  it('answer a conditional request with 304 until something is new', async () => {
    now = firstStart
    const { url } = sampleFeeds[0]!
    const first = await fetcher.get(url)
    if (first.kind !== 'fetched') throw new Error(first.kind)
    expect(await fetcher.get(url, { etag: first.headers.etag })).toMatchObject({ kind: 'not-modified' })
    expect(await fetcher.get(url, { lastModified: first.headers.lastModified })).toMatchObject({ kind: 'not-modified' })
    now = firstStart.add({ seconds: 5 })
    expect(await fetcher.get(url, first.headers)).toMatchObject({ kind: 'fetched' })
  })

  it('have a page for every entry', async () => {
    for (const { url, title } of await items(0)) {
      const page = await fetcher.get(url!)
      expect(page.kind === 'fetched' && Buffer.from(page.body).toString()).toContain(`<h1>${title}</h1>`)
    }
    expect(await fetcher.get(`${sampleFeeds[0]!.url}/99`)).toMatchObject({ status: 404 })
  })

  it('can be reached by their own name only', async () => {
    const other = createFetcher({
      site: 'https://sitrep.example',
      contact: 'desk@sitrep.example',
      allow: [],
      samplesPort: () => undefined,
    })
    expect(await other.get(sampleFeeds[0]!.url)).toMatchObject({ kind: 'failed' })
    expect(await fetcher.get('http://samples.sitrep.invalid:8080/assessment')).toMatchObject({ kind: 'failed' })
    expect(await fetcher.get('http://localhost:8080/assessment')).toMatchObject({ kind: 'refused' })
    await other.close()
  })
})
