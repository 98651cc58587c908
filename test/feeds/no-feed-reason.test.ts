import { describe, expect, test } from 'vitest'
import { whyNewestIsBeyond } from '../../src/feeds/rules/capped-document.ts'
import { noFeedReason } from '../../src/feeds/rules/no-feed-reason.ts'

const url = 'https://desk.example/feed'
const reason = 'the document is a web page, not a feed'
const page = { title: 'Our new site', feeds: [], refresh: null, asksLogin: false }
const known = { url, last_success_at: Temporal.Instant.from('2026-11-23T12:00:00Z') }
const now = 'the address leads to a web page now, not to a feed'

describe('the reason for a document that is no feed', () => {
  test('is that of its parser where it is no page', () => {
    expect(noFeedReason({ reason: 'the document is empty' }, url, known)).toBe('the document is empty')
  })

  test('has the title of a page, and says of a feed that was read before that it became one', () => {
    expect(noFeedReason({ reason, page }, url, { url })).toBe(`${reason}: "Our new site"`)
    expect(noFeedReason({ reason, page }, url, known)).toBe(`${now}: "Our new site"`)
    expect(noFeedReason({ reason, page: { ...page, title: '' } }, url, known)).toBe(now)
  })

  test('names the feed of the page, unless that is the address itself', () => {
    const feeds = [
      { url: 'http://www.desk.example/feed/', title: '' },
      { url: 'https://desk.example/new.xml', title: '' },
    ]
    const named = noFeedReason({ reason, page: { ...page, feeds } }, url, known)
    expect(named).toBe(`${now}: "Our new site". The page names the feed https://desk.example/new.xml`)
    expect(noFeedReason({ reason, page: { ...page, feeds: feeds.slice(0, 1) } }, url, known)).not.toContain('names')
  })

  test('names the page to which redirects led, and what it asks for', () => {
    const login = { ...page, title: 'Sign in', asksLogin: true }
    expect(noFeedReason({ reason, page: login }, 'https://desk.example/login?to=feed', known)).toBe(
      `${now}: "Sign in" at https://desk.example/login?to=feed. The page asks for a login`,
    )
  })

  test('names the address to which a page sends its readers', () => {
    const moved = { ...page, title: '', refresh: 'https://news.example/rss' }
    expect(noFeedReason({ reason, page: moved }, url, known)).toBe(
      `${now}. The page leads on to https://news.example/rss`,
    )
  })
})

describe('the beginning of a document that is too large', () => {
  const dated = (of: number[]) =>
    of.map((day) => ({ published: `2026-11-${String(day).padStart(2, '0')}T00:00:00Z`, updated: null }) as never)
  const days = Array.from({ length: 12 }, (_, n) => n + 1)

  test('stands for it if the newest entries come first, or have no dates', () => {
    const read = (items: never[]) => whyNewestIsBeyond({ document: { items }, entries: items.length }, '10 MB')
    expect(read(dated(days.toReversed()))).toBeNull()
    expect(read(days.map(() => ({ published: null, updated: null }) as never))).toBeNull()
    expect(read(dated([1, 2]))).toBeNull()
  })

  test('is no question for a whole document', () => {
    expect(whyNewestIsBeyond({ document: { items: dated(days) }, entries: 12 }, undefined)).toBeNull()
  })

  test('does not stand for it if it holds no whole entry, or the oldest ones', () => {
    expect(whyNewestIsBeyond({ document: { items: [] }, entries: 0 }, '10 MB')).toBe(
      'the document is larger than the limit of 10 MB',
    )
    expect(whyNewestIsBeyond({ document: { items: dated(days) }, entries: 12 }, '10 MB')).toBe(
      'the document is larger than the limit of 10 MB and begins with its oldest entries',
    )
  })
})
