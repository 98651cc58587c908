import { describe, expect, test } from 'vitest'
import { type DocumentTerms, identifyEntries } from '../../src/feeds/rules/identify-entries.ts'
import type { KeptItem, NewEntry } from '../../src/feeds/rules/identity.ts'

const morning = Temporal.Instant.from('2026-03-04T06:00:00Z')
const evening = morning.add({ hours: 12 })
const page = 'https://desk.example/a'
const ferries = { title: 'Ferries stop at Dara', html: '<p>The port of Dara closed for two days after the storm.</p>' }
const rates = {
  title: 'Bank of Lorn lifts rates',
  html: '<p>The central bank raised its main rate to nine percent.</p>',
}

type Given = { key: string; url?: string | null; at?: Temporal.Instant | null; title?: string; html?: string }

const wordsOf = ({ url = page, at = morning, title = ferries.title, html = ferries.html }: Given) => ({
  url,
  at,
  title,
  html,
})

function entry(given: Given): NewEntry {
  const { at, ...words } = wordsOf(given)
  return { key: given.key, ...words, publishedAt: at, contentHash: words.title + words.html }
}

function item(given: Given, item_id = 1): KeptItem {
  const { at, ...words } = wordsOf(given)
  return { key: given.key, ...words, published_at: at, content_hash: words.title + words.html, item_id }
}

/** The numbers of the items that entries are, by the entry's key. */
const known = (entries: NewEntry[], items: KeptItem[], terms: DocumentTerms = {}) =>
  Object.fromEntries([...identifyEntries(entries, items, terms).known].map(([key, { item_id }]) => [key, item_id]))

const edited = { html: '<p>The port of Dara closed for three days after the storm, its master said.</p>' }

describe('an entry under a new key is a kept item', () => {
  test.each([
    ['https://desk.example/a#0', 'https://desk.example/a#1', 'a counter of edits'],
    ['https://desk.example/a', 'https://desk.example/a#3', 'a counter that came with the first edit'],
    ['https://desk.example/?p=12&preview=true&preview_id=12', 'https://desk.example/?p=12', 'a preview'],
    ['http://desk.example/a', 'https://desk.example/a', 'a site that moved to https'],
  ])('%s, then %s: %s, whatever its words are now', (before, after) => {
    for (const scheme of ['http', 'https'])
      expect(
        known([entry({ key: after, ...rates })], [item({ key: before, url: `${scheme}://desk.example/a` })]),
      ).toEqual({
        [after]: 1,
      })
  })

  test.each([
    'http://desk.example/a',
    'https://www.desk.example/a',
    'https://desk.example/a/',
    'https://desk.example/a?utm_source=feed&CMP=x',
    'http://www.desk.example/a/?ref=rss',
  ])('at %s, edited or not, at any hour', (url) => {
    for (const words of [{}, edited])
      expect(known([entry({ key: 'new', url, at: evening, ...words })], [item({ key: 'old' })])).toEqual({ new: 1 })
  })

  test('where only the key and the query of the address changed', () => {
    const title = (n: number) => `Report ${n}`
    const kept = [1, 2].map((n) => item({ key: `uuid:${n}`, url: `${page}?s=${n}`, title: title(n) }, n))
    const again = [3, 4].map((n) => entry({ key: `uuid:${n}`, url: `${page}?s=${n}`, title: title(n - 2) }))
    expect(known(again, kept)).toEqual({ 'uuid:3': 1, 'uuid:4': 2 })
  })

  test('where its site has another name now', () => {
    expect(known([entry({ key: 'b', url: 'https://news.example/a' })], [item({ key: 'a' })])).toEqual({ b: 1 })
  })

  test('with the same long text at another address and hour', () => {
    const html = `<p>${Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ')}</p>`
    const later = entry({ key: 'b', url: 'https://desk.example/b', at: evening, html })
    expect(known([later], [item({ key: 'a', html })])).toEqual({ b: 1 })
  })

  test('where the whole document has new keys, addresses and dates', () => {
    const kept = [1, 2, 3].map((n) => item({ key: `a${n}`, url: `${page}/a${n}`, title: `Report ${n}` }, n))
    const again = [1, 2, 3].map((n) => entry({ key: `b${n}`, url: `${page}/b${n}`, title: `Report ${n}`, at: evening }))
    expect(known(again, kept, { isWhole: true })).toEqual({ b1: 1, b2: 2, b3: 3 })
    expect(known(again, kept, { isWhole: false })).toEqual({})
    const fresh = [4, 5].map((n) => entry({ key: `b${n}`, url: `${page}/b${n}`, ...rates, at: evening }))
    expect(known([...fresh, ...again], kept, { isWhole: true })).toEqual({ b1: 1, b2: 2, b3: 3 })
    expect(known(again.slice(0, 2), kept, { isWhole: true })).toEqual({})
  })

  test('with the same title at the same moment, where keys, addresses and markup changed', () => {
    const kept = [item({ key: 'a' }), item({ key: 'c', url: `${page}/c`, title: 'Trains stop', at: evening }, 2)]
    const changed = { url: 'https://desk.example/news/1', html: `<div>${ferries.html}<p>Share this</p></div>` }
    expect(known([entry({ key: 'b', ...changed })], kept)).toEqual({ b: 1 })
    expect(known([entry({ key: 'b', ...changed, html: '<p>Ferries of Lorn.</p>' })], kept)).toEqual({})
  })

  test('with the same title at the same moment, or as the only one without address and date', () => {
    for (const at of [morning, null]) {
      const kept = item({ key: 'hash 1', url: null, at })
      expect(known([entry({ key: 'hash 2', url: null, at, ...edited })], [kept])).toEqual({ 'hash 2': 1 })
    }
  })
})

describe('an entry under a new key is a new item', () => {
  test('at another address', () => {
    const fresh = entry({ key: `${page}#1`, url: 'https://desk.example/b', ...edited, title: 'Ferries run' })
    expect(known([fresh], [item({ key: `${page}#0` })])).toEqual({})
  })

  test('with other words, also at the same address', () => {
    expect(known([entry({ key: 'c', ...rates, at: evening })], [item({ key: 'a' })])).toEqual({})
  })

  test('where several entries or items of a live page share the address', () => {
    const kept = [item({ key: `${page}#1`, ...rates }), item({ key: `${page}#2`, title: 'Trains stop' }, 2)]
    expect(known([entry({ key: `${page}#3`, ...edited, at: evening })], kept)).toEqual({})
    const posts = [
      entry({ key: `${page}#3`, ...edited, at: evening }),
      entry({ key: `${page}#4`, title: 'Trains run' }),
    ]
    expect(known(posts, kept.slice(0, 1))).toEqual({})
  })

  test('with the same short words about a later hour, at another address or none', () => {
    const later = entry({ key: 'b', url: `${page}?id=2`, at: evening })
    expect(known([later], [item({ key: 'a', url: `${page}?id=1` })])).toEqual({})
    expect(known([entry({ key: 'b', url: null, at: evening })], [item({ key: 'a', url: null })])).toEqual({})
  })

  test('and one item is never two entries', () => {
    expect(
      known(
        ['b', 'c'].map((key) => entry({ key })),
        [item({ key: 'a' })],
      ),
    ).toEqual({ b: 1 })
  })
})

describe('an entry under the key of a kept item', () => {
  test.each([
    ['with other words', { ...edited }],
    ['with other words at a later hour', { ...edited, at: evening }],
    [
      'with a text that grew',
      { title: 'Storm over Dara', html: `${ferries.html}<p>Trains stand still too.</p>`, at: evening },
    ],
    ['at another address', { url: 'https://desk.example/b', ...edited }],
    ['with another matter at the same moment', { ...rates }],
  ])('is that item %s', (_, changed) => {
    expect(known([entry({ key: 'a', ...changed })], [item({ key: 'a' })])).toEqual({ a: 1 })
  })

  test.each([
    ['at a later hour', { ...rates, at: evening }],
    ['at another address', { ...rates, url: 'https://desk.example/b' }],
  ])('is a new item with another matter %s', (_, changed) => {
    const fresh = entry({ key: 'a', ...changed })
    expect(known([fresh], [item({ key: 'a' })])).toEqual({})
    expect(known([fresh], [item({ key: 'a' })], { trustsKeys: true })).toEqual({ a: 1 })
  })

  test('is the item with its content where keys are numbers of places', () => {
    const titles = ['Storm over Dara', 'Bank lifts rates', 'Trains run again']
    const at = (n: number) => ({ title: titles[n]!, html: titles[n]!, url: `${page}/${titles[n]}` })
    const kept = [0, 1].map((n) => item({ key: `${n}`, ...at(n) }, n))
    const shifted = [entry({ key: '0', ...at(2) }), entry({ key: '1', ...at(0) }), entry({ key: '2', ...at(1) })]
    expect(known(shifted, kept)).toEqual({ 1: 0, 2: 1 })
  })
})

describe('the first document from a new address of a feed', () => {
  const url = 'http://news.example/2026/a'
  const kept = item({ key: 'old', url: 'https://desk.example/2026/a' })
  test.each([
    ['the same title and another text, host and key', { html: '<div>See the notice.</div>' }],
    ['the same title without a date', { at: null, html: '', url: 'http://news.example/x' }],
    ['the same path and like words', { title: 'Dara: ferries stop', ...edited, at: morning.add({ minutes: 5 }) }],
  ])('has a known item with %s', (_, changed) => {
    const moved = entry({ key: 'new', url, ...changed })
    expect(known([moved], [kept], { isMoved: true })).toEqual({ new: 1 })
    expect(known([moved], [kept])).toEqual({})
  })

  test('has a new item with the title of an old one on another day', () => {
    const later = entry({ key: 'new', url: 'http://news.example/2026/b', at: morning.add({ hours: 72 }), html: '' })
    expect(known([later], [kept], { isMoved: true })).toEqual({})
  })
})

test('an entry that repeats another one at its address is no item', () => {
  const { repeated } = identifyEntries(
    [
      entry({ key: 'a' }),
      entry({ key: 'b' }),
      entry({ key: 'c', ...edited }),
      entry({ key: 'd', ...rates }),
      entry({ key: 'e', url: 'https://desk.example/b' }),
    ],
    [],
  )
  expect([...repeated]).toEqual(['b', 'c'])
})
