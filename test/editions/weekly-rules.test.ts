import { describe, expect, test } from 'vitest'
import { besideHeadline, chosenLines, linesOf } from '../../src/editions/rules/weekly/day-lines.ts'
import { dayOfClaim } from '../../src/editions/rules/weekly/day-of-claim.ts'
import { planWeek } from '../../src/editions/rules/weekly/plan-week.ts'
import { stillOpen } from '../../src/editions/rules/weekly/still-open.ts'
import { stateOf } from '../../src/editions/rules/weekly/thread-state.ts'
import { figuresOf } from '../../src/editions/rules/weekly/week-figures.ts'
import { topics } from './matched-takeaways.ts'
import { week, weekClaim } from './week-claims.ts'

const dayOf = (text: string, at: string, title = '') => dayOfClaim(weekClaim({ story: 1, text, at, title }), week)

describe('the day of a claim', () => {
  test('is that of its publication at the place of the reader', () => {
    expect(dayOf('A depot burns.', '2026-11-18T22:30Z')).toBe('2026-11-18')
    expect(dayOf('A depot burns.', '2026-11-19T03:30Z')).toBe('2026-11-19')
  })

  test('is that of the event which it states, if the week has it', () => {
    expect(dayOf('Drones struck a depot on 17 November.', '2026-11-19T12:00Z')).toBe('2026-11-17')
    expect(dayOf('Drones struck a depot on 14 November.', '2026-11-16T12:00Z')).toBe('2026-11-16')
    expect(dayOf('Drones struck a depot on 2 November.', '2026-11-19T12:00Z')).toBe('2026-11-19')
  })

  test('is the one in the title of an assessment that comes out in the night after it', () => {
    expect(dayOf('A depot burns.', '2026-11-19T04:00Z', 'Assessment, November 18')).toBe('2026-11-18')
    expect(dayOf('A depot burns.', '2026-11-19T04:00Z', 'Bulletin, 2 to 18 November')).toBe('2026-11-19')
  })
})

describe('the lines of a thread', () => {
  const lines = (claims: [day: number, text: string][], date = '2026-11-16') =>
    besideHeadline(
      claims.flatMap(([day, text], n) => linesOf(weekClaim({ story: n, text, at: `2026-11-${day}T09:00Z` }), week)),
      { text: 'The siege of Orla', date },
    )
  const daily: [number, string][] = [
    [17, 'Trucks wait at the gates.'],
    [18, 'The record attack on the mill killed twelve people.'],
    [19, 'Bread is sold by the slice.'],
    [20, 'A convoy came through the hills.'],
  ]
  const texts = (count: number, known: string[] = [], claims = daily) =>
    chosenLines(lines(claims), count, known).map(({ text }) => text)

  test('are those of the first day and the last one, and the strongest between them', () => {
    expect(texts(2)).toEqual(['Trucks wait at the gates', 'A convoy came through the hills'])
    expect(texts(3)).toEqual([
      'Trucks wait at the gates',
      'The record attack on the mill killed twelve people',
      'A convoy came through the hills',
    ])
  })

  test('are one a day: the one with the figure', () => {
    const claims: [number, string][] = [...daily, [20, 'About 4,000 people were displaced into the hills.']]
    expect(texts(9, [], claims).at(-1)).toBe('About 4,000 people were displaced into the hills')
    expect(texts(9, [], claims)).toHaveLength(4)
  })

  test('say on the day of the headline what is new in words, and not the same event again', () => {
    const claims: [number, string][] = [
      [18, 'The biggest siege since the war began has closed Orla to trucks.'],
      [18, 'Bread is sold by the slice.'],
    ]
    expect(lines(claims).map(({ text }) => text)[0]).toMatch(/^The biggest siege/)
    expect(lines(claims, '2026-11-18').map(({ text }) => text)[0]).toBe('Bread is sold by the slice')
  })

  test('never say what the headline or another line says', () => {
    expect(lines([[18, 'The siege of Orla goes on.']])).toEqual([])
    expect(texts(9, ['Trucks wait at the gates of Orla'])[0]).toMatch(/^The record attack/)
    expect(texts(9, [], [...daily, [21, 'Bread is still sold by the slice.']])).toHaveLength(4)
    expect(texts(9, [], [...daily, [21, 'The record attack on the mill killed fourteen people.']])).toHaveLength(5)
  })

  test('are never cut: a long claim gives its first sentence or nothing', () => {
    const long = `${'The mayor counts the homes and the mills and the schools that have burned down '.repeat(3)}in autumn.`
    expect(lines([[18, `Bread is sold by the slice. ${long}`]]).map(({ text }) => text)).toEqual([
      'Bread is sold by the slice',
    ])
    expect(lines([[18, long]])).toEqual([])
  })
})

describe('the end of a thread', () => {
  const state = (...told: [day: number, text: string][]) =>
    stateOf(told.flatMap(([day, text]) => linesOf(weekClaim({ story: 1, text, at: `2026-11-${day}T09:00Z` }), week)))

  test('is what its last day says', () => {
    expect(state([17, 'Power is cut.'], [19, 'The lines to Dara were restored.'])).toEqual({
      name: 'restored',
      date: '2026-11-19',
    })
    expect(state([19, 'The drills end early.'])?.name).toBe('over')
    expect(state([19, 'Both sides signed a truce.'])?.name).toBe('agreed')
  })

  test.each([
    'The lines to Dara were not restored.',
    'The lines to Dara will be restored.',
    'The lines to Dara were restored, and Lorn is still dark.',
    'Mayors call for a truce to be signed before winter.',
  ])('is none in "%s"', (text) => {
    expect(state([19, text])).toBeNull()
  })

  test('is none where something was struck again, that day or later', () => {
    expect(state([19, 'The lines to Dara were restored.'], [19, 'A missile hit the depot.'])).toBeNull()
    expect(state([19, 'The lines to Dara were restored.'], [20, 'Trucks wait at the gates.'])).toBeNull()
  })
})

describe('threads that are told together', () => {
  const wave = (story: number, day: number, more: Partial<Parameters<typeof weekClaim>[0]> = {}) =>
    weekClaim({
      story,
      at: `2026-11-${day}T09:00Z`,
      text: `Missiles hit the power grid of Dara in wave ${story}.`,
      ...more,
    })
  const others = ['Ferries wait.', 'Wheat is dear.', 'A school opened.'].map((text, n) =>
    weekClaim({ story: 70 + n, text, at: '2026-11-18T09:00Z' }),
  )
  const sizes = (...claims: Parameters<typeof planWeek>[0]) =>
    planWeek([...claims, ...others], [], week).threads.map(({ stories }) => stories.length)

  test('are those of much the same words', () => {
    expect(sizes(wave(1, 17), wave(2, 19))).toEqual([2, 1, 1, 1])
  })

  test('are never of other topics, attackers or wars', () => {
    expect(sizes(wave(1, 17), wave(2, 19, { on: [topics.displacement] }))[0]).toBe(1)
    const by = (attacker: string) => ({ text: `${attacker} missiles hit the power grid of Dara.` })
    expect(sizes(wave(1, 17, by('Russian')), wave(2, 19, by('Ukrainian')))[0]).toBe(1)
    const inPlace = (place: string) => ({ text: `Missiles hit the power grid of ${place}.` })
    expect(sizes(wave(1, 17, inPlace('Gaza')), wave(2, 19, inPlace('Kharkiv')))[0]).toBe(1)
  })

  test('are never two that many publishers tell', () => {
    const widely = (story: number, day: number) => ['A', 'B', 'C'].map((publisher) => wave(story, day, { publisher }))
    expect(sizes(...widely(1, 17), ...widely(2, 19)).slice(0, 2)).toEqual([1, 1])
  })
})

describe('the weight of a thread', () => {
  const first = (...claims: Parameters<typeof planWeek>[0]) => planWeek(claims, [], week).threads[0]!.headline.text

  test('rises with the days on which it was told', () => {
    const text = 'Queues wait at the border.'
    const long = [17, 18, 20].map((day) =>
      weekClaim({ story: 2, at: `2026-11-${day}T09:00Z`, text: `${text} Day ${day}.` }),
    )
    expect(first(weekClaim({ story: 1, at: '2026-11-21T09:00Z', text: 'Ferries wait in the port.' }), ...long)).toMatch(
      /^Queues/,
    )
  })

  test('is low for a bulletin on a year that is over', () => {
    const at = '2026-11-18T09:00Z'
    const old = {
      ...weekClaim({ story: 1, at, text: 'Attacks killed 90 people.', title: 'Bulletin, June 2019' }),
      isShort: false,
    }
    expect(first(old, weekClaim({ story: 2, at, text: 'Ferries wait in the port.' }))).toMatch(/^Ferries/)
  })
})

describe('the largest figures', () => {
  const at = '2026-11-18T09:00Z'
  const figures = (texts: string[], before: string[] = []) => {
    const [thread] = planWeek(
      texts.map((text) => weekClaim({ story: 1, at, text })),
      [],
      week,
    ).threads
    const earlier = before.map((text, n) => weekClaim({ story: 50 + n, at: '2026-11-11T09:00Z', text }))
    return figuresOf(thread!, earlier, week).map(({ role, now, before: last }) => [
      role,
      now.fact.value,
      last?.fact.value,
    ])
  }

  test('stand by role beside those of the week before on the same war', () => {
    expect(
      figures(
        ['A strike on Kharkiv killed four people.', 'The toll in Kharkiv is nine killed and 30 wounded.'],
        ['A strike on Odesa killed six people.', 'A quake in Indonesia killed 70 people.'],
      ),
    ).toEqual([
      ['killed', 'nine', 'six'],
      ['wounded', '30', undefined],
    ])
  })

  test('are no vague words, no shares, nothing that is expected and nothing of other years', () => {
    expect(
      figures([
        'Dozens were killed in Kharkiv.',
        'Half of Kharkiv is without power.',
        'The agency expects 40,000 people to be displaced from Kharkiv.',
        'In 2019, shells killed 800 people in Kharkiv.',
      ]),
    ).toEqual([])
  })
})

describe('what is still open', () => {
  const open = (quote: string, day = 18) => {
    const claim = weekClaim({ story: 1, at: `2026-11-${day}T09:00Z`, text: 'Partner states offered a pact.', quote })
    return stillOpen(planWeek([claim], [], week).threads, week).map(({ text }) => text)
  }

  test.each([
    'Ministers will meet in Orla next week to sign the pact.',
    'The pact is due to be signed by 27 November.',
  ])('is "%s"', (sentence) => {
    expect(open(`The text is long. ${sentence}`)).toEqual([sentence])
  })

  test.each([
    'Ministers will meet tomorrow in Orla to sign the pact.',
    'The pact is due to be signed by 20 November.',
    'Ministers will meet in Orla on Thursday to sign the pact.',
  ])('is not "%s", said on Wednesday', (sentence) => {
    expect(open(sentence)).toEqual([])
  })

  test('is what the last day puts off until tomorrow', () => {
    const sentence = 'Ministers will meet tomorrow in Orla to sign the pact.'
    expect(open(sentence, 22)).toEqual([sentence])
  })
})
