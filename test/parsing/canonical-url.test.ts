import { describe, expect, it } from 'vitest'
import { canonicalFeedUrl, canonicalItemUrl } from '../../src/parsing/canonical-url.ts'
import { UserError } from '../../src/platform/user-error.ts'

describe('the canonical address of a feed', () => {
  it.each([
    [' HTTPS://Example.ORG:443/feed.xml#top ', 'https://example.org/feed.xml'],
    ['http://example.org.:80', 'http://example.org/'],
    ['feed://example.org/rss', 'http://example.org/rss'],
    ['feed:https://example.org/rss', 'https://example.org/rss'],
    ['https://example.org/rss?b=2&a=1', 'https://example.org/rss?b=2&a=1'],
  ])('of %s is %s', (text, url) => {
    expect(canonicalFeedUrl(text)).toBe(url)
  })

  it.each([
    '',
    'example.org/feed',
    'ftp://example.org/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://me:secret@example.org/',
  ])('is refused in one sentence for "%s"', (text) => {
    expect(() => canonicalFeedUrl(text)).toThrow(UserError)
    expect(() => canonicalFeedUrl(text)).toThrow(/^[^\n]+\.$/)
  })
})

describe('the address of an entry', () => {
  it('loses its click parameters and otherwise stays as written', () => {
    expect(canonicalItemUrl('http://example.org')).toBe('http://example.org')
    expect(canonicalItemUrl('http://example.org/a?utm_source=rss&id=7&fbclid=x#part')).toBe(
      'http://example.org/a?id=7#part',
    )
    expect(canonicalItemUrl('http://example.org/?UTM_Medium=feed')).toBe('http://example.org/')
  })

  it.each([
    ['traffic_source=rss', ''],
    ['maca=en-rss-en-all-1573-rdf&id=7', '?id=7'],
    ['id=7&CMP=rss&ito=1490&at_medium=RSS&at_campaign=feed', '?id=7'],
    ['ref=rss&amp;ito=2&amp;amp;page=3', '?page=3'],
    ['page=3&#038;utm_source=feed', '?page=3'],
    ['ref=home&source=rss_world&from=archive&mod=rss_markets', '?ref=home&from=archive'],
    ['partner=rss&emc=rss&WT.mc_id=x&wtmc=y', ''],
    ['INTCMP=x&dgcid=rss_sd_all&sfmc_id=1&gad_source=1&trk=public&id=7', '?id=7'],
    ['cid=web_rss_world&ref=top-rss&track=rss', ''],
    ['af=R&rss=yes&feature=youtu.be&v=abc', '?v=abc'],
    ['cid=17&source=staff&track=3&feature=12&af=B&rss=en', '?cid=17&source=staff&track=3&feature=12&af=B&rss=en'],
    ['feed=rss2&format=rss&cmpt=1&notat_x=2', '?feed=rss2&format=rss&cmpt=1&notat_x=2'],
  ])('loses what counts clicks: ?%s', (query, kept) => {
    expect(canonicalItemUrl(`https://desk.example/x?${query}`)).toBe(`https://desk.example/x${kept}`)
  })

  it.each([
    ['#xtor=RSS-3208', ''],
    ['#utm_source=rss&utm_medium=feed', ''],
    ['#Echobox=1720', ''],
    ['#section=2', '#section=2'],
    ['#rss', '#rss'],
  ])('loses a fragment of clicks alone: %s', (fragment, kept) => {
    expect(canonicalItemUrl(`https://desk.example/x${fragment}`)).toBe(`https://desk.example/x${kept}`)
  })

  it('is resolved against its base, and null where it is no address of the web', () => {
    expect(canonicalItemUrl('../b?x=1', 'https://example.org/a/c')).toBe('https://example.org/b?x=1')
    expect(canonicalItemUrl('//cdn.example.org/x', 'https://example.org/')).toBe('https://cdn.example.org/x')
    for (const text of ['', 'javascript:alert(1)', 'data:text/html,x', '/relative'])
      expect(canonicalItemUrl(text)).toBeNull()
  })

  it('may be a mail address only where the caller allows it', () => {
    expect(canonicalItemUrl('mailto:desk@example.org')).toBeNull()
    expect(canonicalItemUrl('mailto:desk@example.org', null, true)).toBe('mailto:desk@example.org')
  })
})
