import { describe, expect, test } from 'vitest'
import { type DigestFacts, digestView } from '../../src/editions/mail/digest-view.ts'
import type { DigestView } from '../../src/editions/mail/mail-view.ts'
import type { MatchedTakeaway } from '../../src/editions/mail/matched-takeaway.ts'
import { quoteOf } from '../../src/editions/mail/quote-of.ts'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import type { ToldClaim } from '../../src/editions/rules/briefing/story.ts'
import { claimsOf } from './mails.ts'
import { allTopics, closedAt, matchedTakeaway, sender, topics } from './matched-takeaways.ts'

const { strikes, displacement } = topics

type Claim = MatchedTakeaway & { story?: number }

/** The daily digest of the reader in Kyiv, who follows all topics. */
function kyiv(claims: Claim[], told: ToldClaim[] = [], more: Partial<DigestFacts> = {}): DigestView {
  const schedule = { cadence: 'daily', localTime: '07:00' } as const
  const day = { kind: 'daily', zone: 'Europe/Kyiv', closedAt, civilDate: '2026-11-23', schedule, read: null } as const
  const stories = planStories(claimsOf(claims), told)
  return digestView({ ...day, ...sender, topics: allTopics, stories, corrections: [], ...more })
}

const claim = (story: number, about: Parameters<typeof matchedTakeaway>[0]): Claim => ({
  ...matchedTakeaway(about),
  story,
})

/** What was told of a claim some hours before the mail. */
const toldBefore = ({ story = 0, text }: Claim, hours: number, isAlert = false): ToldClaim => {
  const [of] = claimsOf([{ ...matchedTakeaway({ text }), story }])
  return {
    edition: 1,
    title: '',
    story,
    thread: story,
    text,
    facts: of!.facts,
    at: closedAt.subtract({ hours }),
    dated: closedAt.subtract({ hours }),
    isAlert,
  }
}

describe('the order of stories', () => {
  test('one told by two publishers stands before a heavier word of one', () => {
    const view = kyiv([
      claim(1, { text: 'A depot in Lorn was hit.' }),
      claim(2, { text: 'Missiles hit the power plant of Dara.', report: 'assessment' }),
      claim(2, { text: 'The power plant of Dara stopped after a strike.', report: 'bulletin' }),
    ])
    expect(view.stories.map(({ n, headline }) => [n, headline])).toEqual([
      [1, 'The power plant of Dara stopped after a strike'],
      [2, 'A depot in Lorn was hit'],
    ])
    expect(view.stories[0]!.labels).toEqual(['Infrastructure strikes', 'New', '2 publishers'])
  })

  test('what is new and does not fit is told in a line, and the rest is counted', () => {
    const view = kyiv(Array.from({ length: 20 }, (_, n) => claim(n + 1, { text: `Depot ${n} was hit by drones.` })))
    expect([view.stories.length, view.others.length, view.more]).toEqual([5, 10, 5])
  })
})

describe('what a story is to its reader', () => {
  const was = claim(7, { text: 'The strike on Dara killed three people.' })

  test('new where nothing was told of it', () => {
    expect(kyiv([was]).stories[0]!.labels).toContain('New')
  })

  test('an update where the dead are more', () => {
    const now = claim(7, { text: 'The strike on Dara killed five people.' })
    const view = kyiv([now], [toldBefore(was, 12)])
    expect(view.stories[0]!.labels).toContain('Update')
  })

  test('a line where nothing has changed', () => {
    const now = claim(7, { text: 'The strike on Dara, which killed three people, is being investigated.' })
    const view = kyiv([now], [toldBefore(was, 12)])
    expect([view.stories.length, view.continuing.map(({ text }) => text)]).toEqual([0, [now.text]])
  })

  test('with the time of its alert', () => {
    const now = claim(7, { text: 'The strike on Dara killed five people.' })
    expect(kyiv([now], [toldBefore(was, 9, true)]).stories[0]!.labels).toContain('Alerted Sun 22 Nov, 22:00')
  })
})

describe('the time of the reader', () => {
  const long = 'and the mayor counts the homes, mills, schools and sheds that have burned down in the town since then'
  const stories = (length: number, text: string) =>
    kyiv(Array.from({ length }, (_, n) => claim(n + 1, { text: `Depot ${n} was hit by drones, ${text}.` })))

  test('long stories are told in a line, but for the two heaviest', () => {
    const view = stories(6, Array.from({ length: 4 }, () => long).join(', '))
    expect([view.stories.length, view.others.length, view.more]).toEqual([2, 4, 0])
  })

  test('short ones are all told in full', () => {
    expect(stories(6, 'and burned down').stories).toHaveLength(6)
  })
})

describe('a story in full', () => {
  test('says nothing twice that its headline says', () => {
    const evidence = [{ passage: 1, quote: 'The bridge is closed.', references: [] }]
    const [story] = kyiv([claim(1, { text: 'The bridge is closed.', evidence })]).stories
    expect([story!.headline, story!.statements]).toEqual(['The bridge is closed', []])
  })

  test('has the claim whose beginning is its headline, with its quotation and its speaker', () => {
    const text =
      'Drones set the oil depot of Lorn on fire on Monday, and the smoke was seen from both banks of the river, from the towns in the hills and from the ferries that carry the wheat of the valley to the mills of the coast in autumn.'
    const evidence = [{ passage: 3, quote: 'The fire spread to nine tanks.', references: [] }]
    const [story] = kyiv([claim(1, { text, evidence, attribution: 'the mayor' })]).stories
    expect(story!.headline).toBe('Drones set the oil depot of Lorn on fire on Monday')
    expect(story!.statements).toMatchObject([
      {
        text,
        quote: 'The fire spread to nine tanks.',
        lang: null,
        by: 'Meridian Daily Assessment, Sun 22 Nov, 23:30, citing the mayor',
      },
    ])
  })

  test('cites nobody whom the quotation only speaks about', () => {
    const byOf = (quote: string) => {
      const text = 'Koval says that the drills are off.'
      const evidence = [{ passage: 3, quote, references: [] }]
      return kyiv([claim(1, { text, evidence, attribution: 'Koval' })]).stories[0]!.statements[0]!.by
    }
    expect(byOf('Senator Reuter deplored Koval’s decision to end the drills of both navies.')).not.toContain('citing')
    expect(byOf('The drills cost too much, and both navies knew it, Koval said on Monday.')).toContain('citing Koval')
    expect(byOf('Koval told reporters that both navies have other things to do in autumn.')).toContain('citing Koval')
    expect(byOf('The drills cost too much, and both navies knew it for years.')).toContain('citing Koval')
  })

  test('names each report once, with the passage at the publisher and our page of it', () => {
    const [story] = kyiv([
      claim(1, { text: 'Power was lost in Dara.' }),
      claim(1, { text: 'Water was lost in Dara.' }),
      claim(1, { text: 'Dara is without power.', report: 'essay' }),
    ]).stories
    expect(story!.sources.map(({ name, when }) => [name, when]).sort()).toEqual([
      ['Centre for Forced Migration', 'Sat 21 Nov, 11:00'],
      ['Meridian Daily Assessment', 'Sun 22 Nov, 23:30'],
    ])
    const own = story!.sources.find(({ when }) => when === 'Sun 22 Nov, 23:30')
    expect(own!.link).toMatch(/^https:\/\/meridian\.example\/assessments\/2026-11-22#:~:text=/)
    expect(own!.readingPage).toBe('https://sitrep.example.org/items/11#p12')
  })

  test('names its own page, and its number among the addresses of the text part', () => {
    const { stories, links } = kyiv([claim(7, { text: 'Power was lost in Dara.', wording: 31 })])
    const page = 'https://sitrep.example.org/stories/7?claim=31'
    expect(stories[0]).toMatchObject({ page, pageMark: `[${links.find(({ url }) => url === page)?.n}]` })
  })

  test('does not say again what its quotation says', () => {
    const more = 'The mayor said that a school and nine homes were damaged in the night.'
    const quote = `Missiles hit the port of Dara. ${more}`
    const claims = [
      claim(1, { text: 'Missiles hit the port of Dara', evidence: [{ passage: 2, quote, references: [] }] }),
      claim(1, { text: more }),
      claim(1, { text: 'Two ships burn in the harbour of Lorn.' }),
    ]
    const [story] = kyiv(claims).stories
    expect([...story!.statements, ...story!.further].map(({ text }) => text)).not.toContain(more)
  })

  test('tells no claim of another report whose words are told', () => {
    const text = 'Missiles hit the port of Dara on Monday.'
    const claims = [
      claim(1, { text }),
      claim(1, { text, report: 'bulletin' }),
      claim(1, { text: 'Two ships burn in Lorn.' }),
    ]
    const [story] = kyiv(claims).stories
    expect([...story!.statements, ...story!.further].filter((one) => one.text === text).length).toBeLessThanOrEqual(1)
  })

  test('shows no figures of one publisher alone', () => {
    const [story] = kyiv([
      claim(1, { text: 'The strike on Dara killed three people.' }),
      claim(1, { text: 'The strike on Lorn killed five people.' }),
    ]).stories
    expect(story!.figures).toEqual([])
  })

  test('sets figures of one kind beside each other where sources give several', () => {
    const [story] = kyiv([
      claim(1, { text: 'The strike on Dara killed three people.', report: 'bulletin' }),
      claim(1, { text: 'The strike on Dara killed five people.', report: 'assessment' }),
    ]).stories
    expect(story!.figures).toEqual([
      {
        role: 'killed',
        values:
          'five (Meridian Daily Assessment Sun 22 Nov, 23:30), earlier three (Relief Coordination Bulletin Sun 22 Nov, 16:05)',
        differ: false,
      },
    ])
  })

  test('names the language of a report that is not in English', () => {
    const lang = (language: string | null) => kyiv([claim(1, { item: { language } })]).stories[0]!.lang
    expect(['uk', 'en-US', null, '"><b>'].map(lang)).toEqual(['uk', null, null, null])
  })
})

test('the text part has each address once, by its number', () => {
  const view = kyiv([claim(1, { report: 'assessment' }), claim(2, { report: 'assessment' })])
  const marks = view.stories.flatMap(({ sources }) => sources.map((source) => source.marks))
  expect(new Set(view.links.map(({ url }) => url)).size).toBe(view.links.length)
  expect(marks.every((mark) => /^\[\d+\] \[\d+\]$/.test(mark))).toBe(true)
})

test('a headline that is longer than an inbox shows is whole in the mail and cut in the subject', () => {
  const text = 'The attacks of this spring damaged almost all of the large thermal and hydroelectric stations of Dara.'
  const { subject, stories } = kyiv([claim(1, { text })])
  expect(stories[0]?.headline).toBe(text.slice(0, -1))
  expect(subject).toBe('The attacks of this spring damaged almost all of the large thermal')
})

test('the subject is the headline of the first story, and the line beside it tells the next ones', () => {
  const view = kyiv([
    claim(1, { text: 'Missiles hit the power plant of Dara.', report: 'assessment' }),
    claim(1, { text: 'Missiles struck the plant of Dara.', report: 'bulletin' }),
    claim(2, { text: 'Families leave Lorn.', on: [displacement] }),
  ])
  expect(view.subject).toBe('Missiles struck the plant of Dara')
  expect(view.preheader).toBe(
    'Also: Families leave Lorn. 2 stories from 2 reports, until Mon 23 Nov, 07:00 (Kyiv). 1 min.',
  )
})

test('the mail says why it came and where its web copy is', () => {
  const view = kyiv([claim(1, { on: [strikes] })])
  expect(view.why).toBe(
    'You get this mail because you subscribed to a daily digest at 07:00 (Kyiv) on Infrastructure strikes, Security guarantees and Displacement.',
  )
  expect(view.webCopy).toBe('https://sitrep.example.org/editions/2026-11-23-daily-0f3a')
})

test('it says what was read', () => {
  const read = { reports: 7, feeds: 4, withoutMatch: 1, silent: [] }
  const readWith = (silent: string[]) => kyiv([claim(1, {})], [], { read: { ...read, silent } }).read
  expect(readWith([])).toBe('We read 7 reports from 4 feeds. 1 report held nothing on your topics.')
  expect(readWith(['River Desk'])).toMatch(/on your topics\. Silent against its habit: River Desk\.$/)
  expect(readWith(['A', 'B', 'C', 'D', 'E'])).toMatch(/Silent against their habit: A, B, C and 2 more\.$/)
})

test('a welcome says what comes next, even when the day was quiet', () => {
  const { deck, notice } = kyiv([], [], { kind: 'welcome' })
  expect(deck).toBe('There was nothing new for this subscription in the last seven days.')
  expect(notice).toBe('From now on, you get a digest every day at 07:00 (Kyiv).')
})

test('a quote tells what it adds to its claim, and not the claim again', () => {
  const quoted = (text: string, quote: string) => {
    const takeaway = { text, evidence: [{ passage: 1, quote, references: [] }] }
    return quoteOf(takeaway, 400)
  }
  const said = 'Officials of Dara praise the forced removal of children.'
  const added = 'Bloggers began to share nine films about it on 9 November.'
  expect(quoted(said, `Officials of Dara are praising the forced removal of children. ${added}`)).toBe(added)
  expect(quoted(said, 'Officials of Dara are praising the forced removal of children.')).toBeNull()
  const leaning = `${said} They said that nine buses with sixty pupils came from the valley on Monday.`
  expect(quoted(said, leaning)).toBe(leaning)
})
