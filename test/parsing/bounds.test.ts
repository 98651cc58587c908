import { describe, expect, it } from 'vitest'
import { chooseEntries } from '../../src/parsing/known-entries.ts'
import { parseFeed } from '../../src/parsing/parse-feed.ts'
import { rss } from './parse.ts'

const dated = (n: number) => `<pubDate>${new Date(Date.UTC(2019, 0, 1, n)).toUTCString()}</pubDate>`
const item = (n: number) => `<item><guid>${n}</guid><title>t${n}</title>${dated(n)}</item>`
/** Newest first. */
const items = (from: number, to: number) => Array.from({ length: from - to }, (_, n) => item(from - n - 1)).join('')

async function parse(text: string, seen: string[] = []) {
  const outcome = await parseFeed(Buffer.from(text), { url: '', seen })
  if (outcome.kind === 'unreadable') throw new Error(outcome.reason)
  return { ...outcome, keys: outcome.document.items.map(({ key }) => Number(key)) }
}

describe('a feed with too many entries', () => {
  it('gives the newest, wherever they stand, and its archive is skipped', async () => {
    const first = await parse(rss(items(1500, 0)))
    expect([first.keys.length, first.keys[0], first.keys.at(-1)]).toEqual([1000, 1499, 500])
    expect(first.repairs).toEqual(['only 1000 of 1500 new entries were read'])
    const again = await parse(rss(items(1502, 0)), first.fingerprints)
    expect([again.keys, again.repairs]).toEqual([[1501, 1500], []])
    const ascending = Array.from({ length: 1500 }, (_, n) => item(n)).join('')
    expect(Math.min(...(await parse(rss(ascending))).keys)).toBe(500)
  })

  it('gives the other new entries at the next polls, until all are read', async () => {
    const known = await parse(rss(items(10, 0)))
    const read: number[] = []
    let { fingerprints } = known
    for (let poll = 0; poll < 3; poll++) {
      const more = await parse(rss(items(2510, 0)), fingerprints)
      read.push(...more.keys)
      fingerprints = more.fingerprints
    }
    expect(new Set(read).size).toBe(2500)
    expect((await parse(rss(items(2510, 0)), fingerprints)).keys).toEqual([])
  })

  it('has the same limit where its source does not show where entries end', async () => {
    const { keys, repairs } = await parse(rss(`${items(1200, 0)}<item><title>open`))
    expect([keys.length, keys[0]]).toEqual([1000, 1199])
    expect(repairs).toContain('only 1000 of 1201 entries were read')
  })

  it('has only a few thousand entries compared with the known ones', () => {
    const comparison = { fingerprintOf: (n: number) => `${n}`, dateOf: () => '', known: new Set<string>() }
    const { chosen, fingerprints, entries } = chooseEntries(
      Array.from({ length: 300_000 }, (_, n) => n),
      comparison,
    )
    expect([chosen.size, fingerprints.length, entries]).toEqual([1000, 5000, 1000])
  })
})

it('titles, names, addresses and categories are cut to sizes that can be shown, which is reported', async () => {
  const long = 'x'.repeat(10_000)
  const categories = Array.from({ length: 300 }, (_, n) => `<category>${n}</category>`).join('')
  const text = `<item><guid>${long}</guid><title>${long}</title><link>https://e.org/${long}</link><author>${long}</author>${categories}</item>`
  const { document, repairs } = await parse(rss(text))
  const [found] = document.items
  expect(found).toMatchObject({ key: expect.stringMatching(/^sha256:/), url: null })
  expect([found?.title.length, found?.author?.length, found?.categories.length]).toEqual([500, 200, 50])
  expect(repairs).toEqual(['1 entry was cut: a text, title, name or address was too long'])
})

it('HTML is cut after a million characters, without half a tag at its end', async () => {
  const text = `<item><guid>1</guid><description><![CDATA[${'<p>word</p>'.repeat(200_000)}]]></description></item>`
  const { document, repairs } = await parse(rss(text))
  const content = document.items[0]!.content ?? document.items[0]!.summary!
  expect(content.length).toBeGreaterThan(999_000)
  expect(content.length).toBeLessThanOrEqual(1_000_000)
  expect(content).toMatch(/(?:<p>|word|<\/p>)$/)
  expect(repairs).toHaveLength(1)
})
