import { expect, test } from 'vitest'
import { publisherOf } from '../../src/reading/rules/publisher.ts'

const of = (url: string, siteUrl: string | null = null, publisher: string | null = null, id = 1) =>
  publisherOf({ id, url, siteUrl, publisher })

test('feeds of one registered domain have one publisher', () => {
  const world = of('https://feeds.bbci.co.uk/news/world/rss.xml', 'https://www.bbc.co.uk/news/world')
  expect(of('https://feeds.bbci.co.uk/news/rss.xml', 'https://bbc.co.uk/', null, 2)).toBe(world)
  expect(of('https://www.theguardian.com/world/rss')).toBe(of('https://theguardian.com/uk/rss', null, null, 2))
  expect(of('https://news.gov.uk/feed')).not.toBe(of('https://desk.gov.uk/feed'))
})

test('the site counts where the feed is served by another', () => {
  expect(of('https://feeds.feedburner.com/wire', 'https://wire.example/')).toBe(of('https://wire.example/feed'))
})

test('feeds on a host that many publishers share, on a private suffix or without a domain stand for themselves', () => {
  const pairs = [
    ['https://feeds.feedburner.com/one', 'https://feeds.feedburner.com/two'],
    ['https://medium.com/feed/one', 'https://medium.com/feed/two'],
    ['http://127.0.0.1:8080/one', 'http://127.0.0.1:8080/two'],
    ['http://localhost/one', 'http://localhost/two'],
    ['https://one.blogspot.com/feed', 'https://two.blogspot.com/feed'],
    ['http://samples.sitrep.invalid/wire', 'http://samples.sitrep.invalid/bulletin'],
    ['not an address', 'not an address'],
  ]
  for (const [a = '', b = ''] of pairs) expect([a, of(a)]).not.toEqual([a, of(b, null, null, 2)])
})

test('the name that an admin gave counts before the site, in any case', () => {
  expect(of('https://a.example/', null, 'Wire')).toBe(of('https://b.example/', 'https://b.example', 'WIRE', 2))
  expect(of('https://a.example/', null, 'Wire')).not.toBe(of('https://a.example/'))
})
