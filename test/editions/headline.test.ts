import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headlineOf, maxHeadline, shortHeadline, subjectHeadline } from '../../src/editions/rules/briefing/headline.ts'

const at = (hour: number) => Temporal.Instant.from(`2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`)
const claim = (text: string, title: string, hour: number, isShort = false) => ({
  ...{ text, isShort },
  item: { title, publishedAt: at(hour) },
})

describe('the headline of a story', () => {
  test('is the newest title that is one of its claims', () => {
    const claims = [
      claim('Drones hit the depot of Lorn', 'Drones hit the depot of Lorn', 8),
      claim('Depot of Lorn burns out', 'Depot of Lorn burns out', 9),
      claim('Nine tanks are lost.', 'Assessment of 22 November', 10),
    ] as const
    expect(headlineOf([...claims])).toBe('Depot of Lorn burns out')
  })

  test('is the title of a short report, whose sentence may not name the place', () => {
    const sentence = 'Warehouses were targeted in the attack on Thursday, officials say.'
    expect(headlineOf([claim(sentence, 'At least 15 killed in missile attack on Dara', 9, true)])).toBe(
      'At least 15 killed in missile attack on Dara',
    )
  })

  test('is the claim where the title only names a report', () => {
    expect(headlineOf([claim('Drones hit the depot of Lorn.', 'Daily assessment, 22 November', 9)])).toBe(
      'Drones hit the depot of Lorn',
    )
  })
})

describe('a claim that is too long for a subject', () => {
  test.each([
    [
      'Russian forces struck the power plant of Dara with nine missiles, which left half of the region in the dark.',
      'Russian forces struck the power plant of Dara with nine missiles',
    ],
    [
      'The governor, who leads the region since May, said that 115,000 people left the town on the river within a week.',
      'The governor, who leads the region since May, said that 115,000 people left the town on the river within a week',
    ],
    [
      'Every strike on the substations of Dara has been followed, two or three weeks later, by a wave of families who leave.',
      'Every strike on the substations of Dara has been followed, two or three weeks later, by a wave of families',
    ],
    [
      'Nine states of the coalition agreed in Dara on the size of the force and on the date when it would go to the border.',
      'Nine states of the coalition agreed in Dara',
    ],
    [
      'The attacks of this spring damaged almost all of the large thermal and hydroelectric stations of the grid operator.',
      'The attacks of this spring damaged almost all of the large thermal and hydroelectric stations of the grid operator',
    ],
    [
      'During the night of May 24, 2026, the brigade of Lorn launched a large attack with drones on the warehouses of Dara.',
      'During the night of May 24, 2026, the brigade of Lorn launched a large attack with drones on the warehouses of Dara',
    ],
  ])('%s', (text, short) => expect(shortHeadline(text)).toBe(short))

  test('is cut before a word that wants another, where it becomes a subject', () => {
    const text = 'Every strike on the substations of Dara is followed, two or three weeks later, by a wave of families'
    expect(subjectHeadline(text)).toBe('Every strike on the substations of Dara')
  })

  test('is cut between words, and never within a number', () => {
    const words = fc.array(fc.constantFrom('missiles', 'hit', '115,000', 'the', 'of', 'Dara', 'which', 'and,', '3.5'), {
      minLength: 1,
      maxLength: 40,
    })
    fc.assert(
      fc.property(words, (all) => {
        const text = all.join(' ')
        const short = shortHeadline(text)
        expect(short.length).toBeLessThanOrEqual(maxHeadline)
        expect(text.startsWith(short)).toBe(true)
        expect([undefined, ' ', ',', '.', ';']).toContain(text[short.length])
      }),
    )
  })
})
