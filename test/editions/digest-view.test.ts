import { describe, expect, test } from 'vitest'
import type { MatchedTakeaway } from '../../src/editions/mail/dedupe.ts'
import { type DigestFacts, digestSubject, digestView } from '../../src/editions/mail/digest-view.ts'
import type { DigestView } from '../../src/editions/mail/mail-view.ts'
import { allTopics, closedAt, matchedTakeaway, sender, topics } from './matched-takeaways.ts'

const { strikes, guarantees, displacement } = topics

/** The daily digest of the reader in Kyiv, who follows all topics. */
function kyiv(takeaways: MatchedTakeaway[], more: Partial<DigestFacts> = {}): DigestView {
  const schedule = { cadence: 'daily', localTime: '07:00' } as const
  const day = { kind: 'daily', zone: 'Europe/Kyiv', closedAt, civilDate: '2026-11-23', schedule } as const
  return digestView({ ...day, ...sender, topics: allTopics, takeaways, earlier: [], corrections: [], ...more })
}

const itemsOf = (view: DigestView) => view.sections.flatMap(({ sources }) => sources.flatMap(({ items }) => items))

describe('order', () => {
  test("topics stand in the reader's order, and empty ones are left out", () => {
    const found = [matchedTakeaway({ on: [displacement] }), matchedTakeaway({ on: [strikes] })]
    expect(kyiv(found).sections.map(({ name }) => name)).toEqual(['Infrastructure strikes', 'Displacement'])
    const turned = kyiv(found, { topics: [displacement, guarantees, strikes] })
    expect(turned.sections.map(({ name }) => name)).toEqual(['Displacement', 'Infrastructure strikes'])
  })

  test('a takeaway of two topics stands in full once, under the first, with the other as a tag', () => {
    const view = kyiv([matchedTakeaway({ on: [displacement, strikes] })])
    expect(view.sections.map(({ name, count }) => [name, count])).toEqual([['Infrastructure strikes', 1]])
    expect(itemsOf(view)[0]!.tags).toEqual(['Displacement'])
  })

  test('the report with the strongest takeaway on the topic leads, and a report keeps its own order', () => {
    const at = (score: number, topic = strikes.slug) => ({ topic, score, words: [] })
    const view = kyiv([
      matchedTakeaway({ text: 'Weak', id: 1, matches: [at(0.5), at(1, displacement.slug)] }),
      matchedTakeaway({ text: 'Second', report: 'essay', id: 3, matches: [at(0.9)] }),
      matchedTakeaway({ text: 'First', report: 'essay', id: 2, matches: [at(0.6)] }),
    ])
    expect(itemsOf(view).map(({ n, text }) => [n, text])).toEqual([
      [1, 'First'],
      [2, 'Second'],
      [3, 'Weak'],
    ])
  })
})

describe('one takeaway', () => {
  test('says whose words it is in', () => {
    const itemOf = (about: Parameters<typeof matchedTakeaway>[0]) => itemsOf(kyiv([matchedTakeaway(about)]))[0]!
    expect(itemOf({ attribution: 'the mayor' }).sourceLabel).toBe('Stated by the publisher, attributed to the mayor')
    expect(itemOf({ kind: 'extracted' }).sourceLabel).toBe('Selected sentence')
    expect(itemOf({ kind: 'extracted', text: 'The dam burst. Two bridges fell.' }).sourceLabel).toBe(
      'Selected sentences',
    )
    expect(itemOf({ item: { isSummary: true } }).sourceLabel).toBe('Stated by the publisher, from a summary')
    const evidence = [{ passage: 1, quote: 'Power  is back.', references: [] }]
    const same = itemOf({ kind: 'extracted', text: 'Power is back.', evidence })
    expect([same.sourceLabel, same.quotes]).toEqual(['Selected sentence, word for word', []])
  })

  test('carries its passage in whole sentences, with the references of the publisher', () => {
    const quote = 'Power was lost in nine districts. '.repeat(20)
    const references = Array.from({ length: 8 }, (_, n) => ({ mark: `${n}`, url: `https://sources.example/${n}` }))
    const [item] = itemsOf(kyiv([matchedTakeaway({ evidence: [{ passage: 1, quote, references }] })]))
    expect(item!.quotes[0]!.text).toMatch(
      /^(?:Power was lost in nine districts\. ){12,13}Power was lost in nine districts\.$/,
    )
    expect(item!.references[0]).toEqual({ mark: '0', link: 'https://sources.example/0' })
    expect([item!.references.length, item!.moreReferences]).toEqual([6, 2])
    expect(item!.link).toMatch(/^https:\/\/meridian\.example\/assessments\/2026-11-22#:~:text=Power%20was/)
  })

  test('has no reference without an address', () => {
    const references = [
      { mark: '1' },
      { mark: '2', url: 'javascript:alert(1)' },
      { mark: '3', url: 'https://a.example/3' },
    ]
    const [item] = itemsOf(kyiv([matchedTakeaway({ evidence: [{ passage: 1, quote: 'It is cold.', references }] })]))
    expect([item!.references, item!.moreReferences]).toEqual([[{ mark: '3', link: 'https://a.example/3' }], 0])
  })

  test('has every quotation that does not only repeat it, as long as there is room', () => {
    const text = 'The dam burst.'
    const quotesFor = (...quotes: string[]) => {
      const evidence = quotes.map((quote, index) => ({ passage: index + 1, quote, references: [] }))
      return itemsOf(kyiv([matchedTakeaway({ text, evidence })]))[0]!.quotes.map((quote) => quote.text)
    }
    expect(quotesFor(text, 'It was the third.')).toEqual(['It was the third.'])
    expect(quotesFor('The old dam burst.', 'It was the third.')).toEqual(['The old dam burst.', 'It was the third.'])
    const long = `${'The water rose again. '.repeat(22).trim()}`
    expect(quotesFor(long, 'It was the third.')).toEqual([long])
  })

  test('highlights the words that its topic was found by, and loses no character', () => {
    const words = [
      { text: 'substation', start: 0, end: 10 },
      { text: 'line', start: 0, end: 4 },
    ]
    const matches = [{ topic: strikes.slug, score: 1, words }]
    const [item] = itemsOf(kyiv([matchedTakeaway({ text: 'A Substation, online again', matches })]))
    expect(item!.pieces.filter(({ highlighted }) => highlighted).map(({ text }) => text)).toEqual(['Substation'])
    expect(item!.pieces.map(({ text }) => text).join('')).toBe('A Substation, online again')
  })

  test('names the language of a feed that is not in English', () => {
    const lang = (language: string | null) =>
      itemsOf(kyiv([matchedTakeaway({ feed: { id: 9, title: 'F', language } })]))[0]!.lang
    expect(['uk', 'en-US', null, '"><b>'].map(lang)).toEqual(['uk', null, null, null])
  })

  test('has the date when its report was first seen if the report is dated in the future', () => {
    const publishedAt = closedAt.add({ hours: 48 })
    const firstSeenAt = closedAt.subtract({ hours: 1 })
    const view = kyiv([matchedTakeaway({ item: { publishedAt, firstSeenAt } })])
    expect(view.sections[0]!.sources[0]!.source.when).toBe('Mon 23 Nov, 06:00 (Kyiv)')
  })
})

test('the same words stand once, from the newest report, with the topics of both and the other report named', () => {
  const text = 'Evacuation buses did not run.'
  const older = matchedTakeaway({ report: 'essay', text, on: [displacement] })
  const newer = matchedTakeaway({ report: 'assessment', text: 'Evacuation  buses did NOT run.', on: [strikes] })
  const view = kyiv([older, newer])
  expect(view.subject).toBe('Daily digest, Mon 23 Nov: Infrastructure strikes (1)')
  expect(view.sections[0]!.sources[0]!.source.title).toBe('Assessment of 22 November')
  expect(itemsOf(view)[0]!.tags).toEqual(['Displacement'])
  expect(itemsOf(view)[0]!.alsoIn.map(({ title }) => title)).toEqual(['Who comes home, and to what'])
})

test('a takeaway of an earlier alert is one line with the time of that alert in the zone of the slot', () => {
  const alertedAt = Temporal.Instant.from('2026-11-22T12:05:00Z')
  const view = kyiv([], { earlier: [{ takeaway: matchedTakeaway({ text: 'The bridge is closed.' }), alertedAt }] })
  expect(view.earlier).toEqual([
    {
      when: 'Sun 22 Nov, 14:05 (Kyiv)',
      text: 'The bridge is closed.',
      link: 'https://meridian.example/assessments/2026-11-22',
      lang: null,
    },
  ])
  expect(view.deck).toBe('Until Mon 23 Nov, 07:00 (Kyiv), you got all takeaways on your topics as alerts.')
})

test('a mail that is full counts the takeaways that did not fit and names their reports', () => {
  const view = kyiv(
    Array.from({ length: 90 }, (_, n) => matchedTakeaway({ id: n + 1, text: `${n} ${'Words '.repeat(90)}` })),
  )
  const shown = itemsOf(view)
  expect(shown.length).toBeGreaterThanOrEqual(20)
  expect(shown.filter(({ quotes }) => quotes.length === 0)).toEqual([])
  expect(view.more).toMatchObject({ count: 90 - shown.length, otherReports: 0 })
  expect(view.more!.sources[0]).toMatchObject({ title: 'Assessment of 22 November', count: 90 - shown.length })
})

test('the mail says why it came and where its web copy is', () => {
  const view = kyiv([matchedTakeaway({})])
  expect(view.why).toBe(
    'You get this mail because you subscribed to a daily digest at 07:00 (Kyiv) on Infrastructure strikes, Security guarantees and Displacement.',
  )
  expect(view.webCopy).toBe('https://sitrep.example.org/editions/2026-11-23-daily-0f3a')
  expect(view.deck).toBe('1 takeaway from 1 report, until Mon 23 Nov, 07:00 (Kyiv).')
})

test('a welcome says what comes next, even when the day was quiet', () => {
  const view = kyiv([], { kind: 'welcome' })
  expect(view.deck).toBe(
    'There were no takeaways on your topics in the last 24 hours. From now on, you get a digest every day at 07:00 (Kyiv).',
  )
})

describe('the subject', () => {
  const counts = (...numbers: number[]) => numbers.map((count, index) => ({ topic: allTopics[index % 3]!, count }))

  test('names the date and the topics', () => {
    expect(digestSubject('daily', '2026-11-23', counts(5, 0, 3))).toBe(
      'Daily digest, Mon 23 Nov: Infrastructure strikes (5), Displacement (3)',
    )
    expect(digestSubject('weekly', '2026-11-23', counts(0, 0))).toBe('Weekly digest, Mon 23 Nov')
  })

  test('counts takeaways past the third topic without naming their topics', () => {
    expect(digestSubject('welcome', '2026-11-23', counts(1, 1, 1, 2, 3))).toMatch(
      /, Displacement \(1\), other topics \(5\)$/,
    )
  })
})
