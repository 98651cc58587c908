import { textContent } from 'domutils'
import fc from 'fast-check'
import { parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { fillPlaceholders, placeholdersIn } from '../../src/editions/mail/placeholders.ts'
import { forWeb } from '../../src/editions/mail/web-copy.ts'
import { oneLine } from '../../src/platform/text/shorten.ts'
import { claimsOf, renderAlert, renderConfirmation, renderDigest, renderLink } from './mails.ts'
import { matchedTakeaway, sender, topics } from './matched-takeaways.ts'
import { fetchedBy, linksOfHtml, linksOfText, wordsOfHtml, wordsOfText } from './read-mail.ts'
import { busyWeek, renderWeekly, weekBefore } from './week-claims.ts'

const references = [12, 13].map((n) => ({ mark: `${n}`, url: `https://sources.example/${n}` }))
const evidence = [{ passage: 1, quote: 'Two of the lines that were rebuilt in May & June were cut again.', references }]
const found = [
  matchedTakeaway({ evidence, on: [topics.strikes, topics.displacement] }),
  matchedTakeaway({ kind: 'extracted', evidence, report: 'bulletin', on: [topics.guarantees] }),
  matchedTakeaway({ text: 'Buses did not run.', report: 'essay' }),
  matchedTakeaway({ text: 'Buses did not run.', report: 'bulletin' }),
  matchedTakeaway({ item: { id: 77, url: 'javascript:alert(1)' }, text: 'No link here.' }),
]
const told = matchedTakeaway({ text: 'The flood took 40 houses.', item: { id: 78, url: 'https://flood.example/1' } })
const changes = (['corrected', 'updated', 'withdrawn'] as const).map((kind) => ({
  kind,
  was: told,
  now: kind === 'withdrawn' ? null : told,
  textWas: told.text,
  text: kind === 'withdrawn' ? null : `The flood took 4 houses & ${kind} a barn.`,
  tells: [],
}))

const mails = {
  digest: { render: () => renderDigest(found, changes), personal: ['unsubscribe', 'preferences', 'label', 'address'] },
  weekly: {
    render: () => renderWeekly(busyWeek, weekBefore, { corrections: changes }),
    personal: ['unsubscribe', 'preferences', 'address'],
  },
  alert: {
    render: () => renderAlert(found, changes),
    personal: ['unsubscribe', 'preferences', 'mute', 'label', 'address'],
  },
  confirmation: { render: renderConfirmation, personal: ['confirm', 'address'] },
  link: { render: renderLink, personal: ['preferences', 'address'] },
}

test.each(['digest', 'weekly', 'alert'] as const)(
  'who gets a forwarded %s can subscribe to its topics, by a link without anything of its reader',
  async (kind) => {
    const { html, text } = await mails[kind].render()
    const link = /^https:\/\/sitrep\.example\.org\/\?topics=[a-z-]+(?:,[a-z-]+)*$/
    expect(linksOfHtml(html).filter((one) => link.test(one))).toHaveLength(1)
    expect(text.replace(/\s+/g, ' ')).toContain('Forwarded to you? Subscribe to the same topics: https://')
    expect(forWeb(html, sender.publicUrl)).not.toMatch(/Forwarded|topics=/)
  },
)

describe.each(Object.entries(mails))('the mail %s', (_, { render, personal }) => {
  test('has the same placeholders in both parts', async () => {
    const { html, text, subject } = await render()
    expect(placeholdersIn(html)).toEqual(personal)
    expect(placeholdersIn(text)).toEqual(personal)
    expect(subject).not.toBe('')
  })

  test('has every link in both parts', async () => {
    const { html, text } = await render()
    expect(linksOfHtml(html).toSorted()).toEqual(linksOfText(text).toSorted())
    expect(linksOfHtml(html).filter((link) => !/^(https:|@@)/.test(link))).toEqual([])
  })

  test('fetches nothing when it is opened', async () => {
    const { html } = await render()
    expect(fetchedBy(html)).toEqual([])
    expect(html).not.toContain('fonts.')
  })

  test('gives its language, its title and its dark colours', async () => {
    const { html } = await render()
    expect(html).toMatch(/^<!doctype html>\s*<html lang="en" dir="ltr"/)
    expect(html).toMatch(/<body lang="en" dir="ltr"/)
    expect(html).toMatch(/<title>[^<]+<\/title>/)
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
  })

  test('begins with words for inboxes, of which no colour hides anything, and which no link follows', async () => {
    const { html, subject } = await render()
    const [, style = '', shown = ''] =
      /<body[\s\S]*?<div class="preheader" style="(display:none;[^"]*)">([^<]*)<\/div>/.exec(html) ?? []
    expect(style).toContain('mso-hide:all')
    const [colour, background] = ['color', 'background'].map(
      (name) => new RegExp(`(?:^|;)${name}:(#\\w+)`).exec(style)?.[1],
    )
    expect(contrast(colour!, background!)).toBeGreaterThan(4.5)
    expect(style).not.toMatch(/font-size:[0-5]px|opacity|max-height/)
    const words = oneLine(textContent(parseDocument(shown)).replace(/[\u034f\u00a0]/g, ' '))
    expect(words).toMatch(/^\S.{20,}/)
    expect(words).not.toMatch(/https?:|@@|unsubscribe|on the web/i)
    expect(words).not.toBe(subject)
    expect(textContent(parseDocument(shown)).length).toBeGreaterThan(200)
  })

  test('names its sender, and keeps its text within 76 columns', async () => {
    const { html, text } = await render()
    expect(wordsOfHtml(html)).toContain(sender.brand.postalAddress)
    expect(wordsOfText(text)).toContain(sender.brand.postalAddress)
    expect(text.split('\n').filter((line) => line.length > 76 && !/^\s*(\[\d+\] )?https:/.test(line))).toEqual([])
  })
})

/** The contrast of two colours such as `#ffffff` (WCAG 2.2, 1.4.3). */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [one, other].map(luminance).toSorted((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.each(['digest', 'alert'] as const)(
  'the %s names the same takeaways, quotes and sources in both parts',
  async (name) => {
    const { html, text } = await mails[name].render()
    const expected = found.flatMap((each) => [each.text.replace(/\.$/, ''), each.feed.title])
    for (const words of [...expected, evidence[0]!.quote, 'New']) {
      expect(wordsOfHtml(html)).toContain(words)
      expect(wordsOfText(text)).toContain(words)
    }
  },
)

test('the weekly mail tells the same threads, days, figures and sources in both parts', async () => {
  const { html, text } = await mails.weekly.render()
  const claims = busyWeek.flatMap((claim) => [claim.text.replace(/\.$/, ''), claim.feed.title])
  for (const words of [...claims, '3 days of 7', 'Tue 17', 'killed', 'last week', 'next week to sign the pact']) {
    expect(wordsOfHtml(html)).toContain(words)
    expect(wordsOfText(text)).toContain(words)
  }
})

test.each(['digest', 'alert'] as const)(
  'the %s says first what has changed, with what was said, what is said now, and the source',
  async (name) => {
    const { html, text, subject } = await mails[name].render()
    for (const words of [wordsOfHtml(html), wordsOfText(text)]) {
      const [, first = ''] = words.split('Changed since we told you')
      expect(first.slice(0, first.indexOf(found[0]!.text.slice(0, -1)))).toMatch(
        /^[ =-]*Corrected: The flood took 4 houses & corrected a barn. We told you: .The flood took 40 houses.. .*Assessment of 22 November.*Update: The flood took 4 houses & updated a barn. This replaces what we told you before..*Corrected: the report no longer says this. We told you: .The flood took 40 houses/,
      )
    }
    expect(linksOfHtml(html)).toContain('https://flood.example/1')
    expect(subject).toMatch(
      name === 'alert' ? /^Corrected: The flood took 4 houses.* \(\+\d more/ : /^Substation \d+ lost power/,
    )
  },
)

test('an alert of nothing but a withdrawal says so in its subject and above its text', async () => {
  const { subject, text } = await renderAlert([], changes.slice(2))
  expect(subject).toBe('Corrected: no longer in the report: “The flood took 40 houses.”')
  expect(wordsOfText(text)).toContain('1 change to what we told you. Sent Mon 23 Nov, 05:00 UTC.')
})

test('the unsubscribe link stands near the top and at the end', async () => {
  const { html } = await renderDigest(found)
  const at = [...html.matchAll(/@@unsubscribe@@/g)].map(({ index }) => index)
  const first = html.indexOf('<h2')
  expect(at.length).toBe(2)
  expect([at[0]! < first, at[1]! > html.lastIndexOf('No link here.')]).toEqual([true, true])
})

test('a feed that writes placeholders into every field gets none filled', async () => {
  const evil = 'oil oil oil oil @@unsubscribe@@ @@@confirm@@@ @@address@@'
  const words = ['oil', '@unsubscribe@', 'address'].map((word) => ({ text: word, start: 0, end: 1 }))
  const hostile = matchedTakeaway({
    text: evil,
    attribution: evil,
    evidence: [
      { passage: 1, quote: evil, references: [{ mark: '@@confirm@@', url: 'https://a.example/@@confirm@@' }] },
    ],
    item: { title: evil, url: 'https://a.example/?@@preferences@@', language: '@@address@@' },
    feed: { id: 1, title: evil, publisher: 'evil' },
    matches: [{ topic: topics.strikes.slug, score: 1, words, via: 'takeaway' }],
  })
  const count = (body: string) => body.match(/@@\w+@@/g)!.length
  const plain = await renderDigest([matchedTakeaway({})])
  const correction = { kind: 'corrected', was: hostile, now: hostile, textWas: evil, text: evil, tells: [] } as const
  const { html, text } = await renderDigest([hostile], [{ ...correction, tells: [] }])
  expect([count(html), count(text)]).toEqual([count(plain.html), count(plain.text)])
  const plainWeek = await renderWeekly(claimsOf([matchedTakeaway({})]))
  const week = await renderWeekly(claimsOf([hostile]))
  expect([count(week.html), count(week.text)]).toEqual([count(plainWeek.html), count(plainWeek.text)])
  const values = { unsubscribe: 'U', preferences: 'P', label: 'L', address: 'A' }
  expect(fillPlaceholders(html, values, 'html')).not.toContain('@@')
})

describe('size', () => {
  const long = (n: number, text: string) =>
    matchedTakeaway({
      text: `${n}. ${text.repeat(3)}`,
      evidence: [{ passage: 1, quote: text.repeat(5), references: [...references, ...references] }],
      on: [topics.strikes, topics.displacement],
      item: {
        id: n,
        title: 'Situation update: Kharkiv and Donetsk regions',
        url: `https://bulletin.example/updates/${n}`,
      },
    })
  const twenty = (text: string) => Array.from({ length: 20 }, (_, n) => long(n, text))

  test('twenty long takeaways of twenty reports stay under 40 KB, in Cyrillic too', async () => {
    const latin = await renderDigest(twenty('Repair crews wait for the all-clear, and nine districts have no power. '))
    expect(Buffer.byteLength(latin.html)).toBeLessThan(40_000)
    const cyrillic = await renderDigest(twenty('Ремонтні бригади чекають на відбій, а девʼять районів без світла. '))
    expect(Buffer.byteLength(cyrillic.html)).toBeLessThan(40_000)
  })

  test('no feed can push a mail over 90 KB', { timeout: 60_000 }, async () => {
    const words = fc.constantFrom('<&>"\'', '"'.repeat(900), 'слово '.repeat(300), 'w '.repeat(50), '👾'.repeat(400))
    const anyLink = fc.constantFrom(
      'https://a.example/1',
      `https://a.example/?${'&'.repeat(900)}`,
      `https://a.example/${"'".repeat(900)}`,
    )
    const one = fc.record({
      text: words,
      quote: words,
      title: words,
      link: anyLink,
      notes: fc.array(anyLink, { maxLength: 9 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 30, maxLength: 60 }), async (all) => {
        const hostile = all.map(({ text, quote, title, link, notes }, n) =>
          matchedTakeaway({
            text: `${n} ${text}`,
            attribution: title,
            evidence: [{ passage: 1, quote, references: notes.map((url) => ({ mark: title, url })) }],
            item: { id: n, title, url: link, language: 'uk' },
            feed: { id: n, title, publisher: 'F' },
          }),
        )
        const { html } = await renderDigest(
          hostile,
          hostile.map((was) => ({ kind: 'corrected', was, now: was, textWas: was.text, text: was.text, tells: [] })),
        )
        expect(Buffer.byteLength(html)).toBeLessThan(90_000)
        const alert = await renderAlert(hostile)
        expect(Buffer.byteLength(alert.html)).toBeLessThan(90_000)
        const weekly = await renderWeekly(claimsOf(hostile), [])
        expect(Buffer.byteLength(weekly.html)).toBeLessThan(90_000)
      }),
      { numRuns: 15 },
    )
  })
})
