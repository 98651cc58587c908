import { describe, expect, test } from 'vitest'
import { renamedItems } from '../../src/feeds/rules/renamed-items.ts'

const item = (key: string, url = 'https://desk.example/a', content_hash = 'one', item_id = 1) => {
  return { item_id, key, url, content_hash, published_at: morning }
}
const entry = (key: string, url = 'https://desk.example/a', contentHash = 'two', publishedAt = morning) => {
  return { key, url, contentHash, publishedAt }
}

const morning = Temporal.Instant.from('2026-03-04T06:00:00Z')

describe('an entry under a new key is a kept item', () => {
  test.each([
    ['https://desk.example/a#0', 'https://desk.example/a#1', 'a counter of edits'],
    ['https://desk.example/a', 'https://desk.example/a#3', 'a counter that came with the first edit'],
    ['https://desk.example/?p=12&preview=true&preview_id=12', 'https://desk.example/?p=12', 'a preview'],
    ['http://desk.example/a', 'https://desk.example/a', 'a site that moved to https'],
  ])('%s, then %s: %s', (before, after) => {
    for (const scheme of ['http', 'https']) {
      const kept = item(before, `${scheme}://desk.example/a`)
      expect(renamedItems([entry(after)], [kept])).toEqual(new Map([[after, kept]]))
    }
  })

  test('where only the key changed, whatever the key is', () => {
    const kept = item('urn:uuid:1')
    expect(renamedItems([entry('urn:uuid:2', kept.url, 'one')], [kept]).get('urn:uuid:2')).toBe(kept)
  })

  test('where only the key and the query of the address changed', () => {
    const kept = [1, 2].map((n) => item(`uuid:${n}`, `https://desk.example/a?s=${n}`, `text ${n}`, n))
    const again = [3, 4].map((n) => entry(`uuid:${n}`, `https://desk.example/a?s=${n}`, `text ${n - 2}`))
    expect(renamedItems(again, kept)).toEqual(new Map([3, 4].map((n) => [`uuid:${n}`, kept[n - 3]])))
  })

  test('where its site has another name now', () => {
    const kept = item('https://desk.example/a')
    const moved = entry('https://news.example/a', 'https://news.example/a', 'one')
    expect(renamedItems([moved], [kept]).get(moved.key)).toBe(kept)
  })

  test('where its kept address has parameters that count clicks', () => {
    const kept = item('https://desk.example/a?ito=1490', 'https://desk.example/a?ito=1490')
    expect(
      renamedItems(
        [entry('https://desk.example/a', 'https://desk.example/a', 'one', morning.add({ hours: 1 }))],
        [kept],
      ).size,
    ).toBe(1)
  })
})

describe('an entry under a new key is a new item', () => {
  test.each([
    ['at another address', entry('https://desk.example/a#1', 'https://desk.example/b')],
    ['with another key and other words', entry('https://desk.example/c')],
  ])('%s', (_, fresh) => expect(renamedItems([fresh], [item('https://desk.example/a#0')])).toEqual(new Map()))

  test('where several entries or items of a live page share the address', () => {
    const kept = [item('https://desk.example/a#post-1'), item('https://desk.example/a#post-2', undefined, 'three', 2)]
    expect(renamedItems([entry('https://desk.example/a#post-3')], kept)).toEqual(new Map())
    const posts = [entry('https://desk.example/a#post-3'), entry('https://desk.example/a#post-4')]
    expect(renamedItems(posts, kept.slice(0, 1))).toEqual(new Map())
  })

  test('with the same words about a later hour, at another address or none', () => {
    const kept = item('https://desk.example/a?id=1', 'https://desk.example/a?id=1')
    const later = entry('https://desk.example/a?id=2', 'https://desk.example/a?id=2', 'one', morning.add({ hours: 3 }))
    expect(renamedItems([later], [kept])).toEqual(new Map())
    const nowhere = { ...later, key: 'b', url: null }
    expect(renamedItems([nowhere], [{ ...kept, url: null }])).toEqual(new Map())
  })

  test('and one item is never two entries', () => {
    const kept = item('uuid:1')
    const twice = ['uuid:2', 'uuid:3'].map((key) => entry(key, kept.url, 'one'))
    expect([...renamedItems(twice, [kept]).keys()]).toEqual(['uuid:2'])
  })
})
