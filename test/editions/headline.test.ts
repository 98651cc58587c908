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

  test('is the claim of a short report whose title tells another matter', () => {
    const toll = 'Vardania launched 90 drones at night and killed at least 17 people.'
    expect(headlineOf([claim(toll, 'Cruelty is a strategy, retired colonel says', 9, true)])).toBe(toll.slice(0, -1))
    const port = 'Drones hit the port in Odesa at night.'
    expect(headlineOf([claim(port, 'Drones hit homes in Kharkiv at night', 9, true)])).toBe(port.slice(0, -1))
    const moved = 'The general said that 9,000 people had been moved out of the valley.'
    expect(headlineOf([claim(moved, 'Vardania orders retreat from Lorn', 9, true)])).toBe(
      'Vardania orders retreat from Lorn',
    )
  })

  test('is not in the voice of a party where another report tells the story', () => {
    const party = claim('The enemy launched drones at Dara', 'The enemy launched drones at Dara', 10)
    const wire = claim('Drones launched at Dara', 'Drones launched at Dara', 9)
    expect(headlineOf([party, wire])).toBe('Drones launched at Dara')
    expect(headlineOf([party])).toBe('The enemy launched drones at Dara')
  })

  test('is that of its own story, where a title names several', () => {
    const title = 'Debt tops forty trillion; Settlers drive 107 communities of the valley away'
    const text = 'Settlers have driven away 107 communities of the valley since May.'
    expect(headlineOf([claim(text, title, 9, true)])).toBe('Settlers drive 107 communities of the valley away')
    expect(headlineOf([claim('Drones hit the depot of Lorn.', title, 9, true)])).toBe('Drones hit the depot of Lorn')
  })

  test('is a title that tells what the others tell, rather than the newest of several matters', () => {
    const plant = claim('Drones hit the rocket plant of Dara', 'Drones hit the rocket plant of Dara', 8)
    const agency = claim('Rocket plant of Dara struck by drones', 'Rocket plant of Dara struck by drones', 9)
    const bulletin = claim(
      'Drones hit the plant of Dara.',
      'Lorn blocks a satellite network, council tracks a package',
      12,
      true,
    )
    expect(headlineOf([plant, agency, bulletin])).toBe('Rocket plant of Dara struck by drones')
  })

  test('is a claim that is short enough, rather than a part of a longer one', () => {
    const long = `The adviser of the mayor of Dara said that ${'all houses by the river, '.repeat(9)}must be left.`
    const short = 'Residents must leave all houses by the river, the council of Dara says.'
    expect(headlineOf([claim(long, 'Assessment of 22 November', 9), claim(short, 'Briefing, 22 November', 8)])).toBe(
      short.slice(0, -1),
    )
  })

  test('is the title above a claim that is too long, where it says something', () => {
    const long = `Two weeks after the flood, the council of Dara confirmed that ${'a house by the river, '.repeat(9)}and a mill are lost.`
    expect(headlineOf([claim(long, 'Mills of Dara are lost to the flood', 9)])).toBe(
      'Mills of Dara are lost to the flood',
    )
    expect(headlineOf([claim(long, 'Assessment of 22 November', 9)])).toContain('Two weeks after the flood')
  })

  test('is the newest words, also those that an edit brought', () => {
    const early = claim('Six killed at the depot of Lorn', 'Six killed at the depot of Lorn', 8)
    const edited = {
      ...early,
      text: 'Nine killed at the depot of Lorn',
      item: { ...early.item, title: 'Nine killed at the depot of Lorn', editedAt: at(12) },
    }
    const late = claim('Eight killed at the depot of Lorn', 'Eight killed at the depot of Lorn', 11)
    expect(headlineOf([late, edited])).toBe('Nine killed at the depot of Lorn')
  })

  test('is the claim where the title only names a report', () => {
    expect(headlineOf([claim('Drones hit the depot of Lorn.', 'Daily assessment, 22 November', 9)])).toBe(
      'Drones hit the depot of Lorn',
    )
  })
})

describe('a claim that is longer than a headline', () => {
  const tail =
    ', said the council of the valley, which meets again on Friday to hear the engineers, the wardens and all owners of the mills that lost their stores of flour.'
  test.each([
    [
      'Russian forces struck the power plant of Dara with nine missiles, which left half of the region in the dark for two whole days.',
      'Russian forces struck the power plant of Dara with nine missiles',
    ],
    [
      'Every strike on the substations of Dara has been followed, two or three weeks later, by a wave of families who leave the town.',
      'Every strike on the substations of Dara has been followed, two or three weeks later, by a wave of families',
    ],
    [
      'The governor, who leads the region since May, said that 115,000 people left the town on the river within a week of the flood.',
      'The governor, who leads the region since May, said that 115,000 people left the town',
    ],
    [
      'Nine states of the coalition agreed in Dara on the size of the force and on the date when it would go to the border in May.',
      'Nine states of the coalition agreed in Dara',
    ],
  ])('%s', (text, short) => expect(shortHeadline(`${text.slice(0, -1)}${tail}`)).toBe(short))

  test('is whole where it is no longer', () => {
    const text =
      'The attacks of this spring damaged almost all of the large thermal and hydroelectric stations of the grid operator.'
    expect(shortHeadline(text)).toBe(text.slice(0, -1))
  })

  test('keeps its verb where it becomes a subject, and ends before a word that wants another', () => {
    const text = 'Every strike on the substations of Dara is followed, two or three weeks later, by a wave of families'
    expect(subjectHeadline(text)).toBe('Every strike on the substations of Dara is followed, two or three weeks later')
  })

  test('is the first sentence of several, where that is short enough', () => {
    const first = 'Residents of the damaged parts of Dara may sign up for a journey to safer towns for the winter'
    const more = `The state pays for ${'the journey, the house and the food of each family, '.repeat(3)}and for schools.`
    expect(shortHeadline(`${first}. ${more}`)).toBe(first)
  })

  test('ends before what else was done, and not behind its verb', () => {
    const long =
      'Vardanian crews fired 412 drones and 38 missiles overnight and took two 330-kilovolt substations off the grid of Lorn, leaving 640,000 homes dark'
    expect(subjectHeadline(shortHeadline(long))).toBe('Vardanian crews fired 412 drones and 38 missiles overnight')
  })

  test('does not end in a clause without its verb', () => {
    const text = `The council of Dara issued a statement on 18 May that mills of the valley ${'and of the upper river '.repeat(8)}were damaged.`
    expect(shortHeadline(text)).not.toMatch(/that mills of the valley$/)
    expect(shortHeadline(text)).not.toMatch(/ that$/)
  })

  test('does not end as a subject with a possessive or with a word that leads to another one', () => {
    const drills =
      'Council of Dara orders cuts to the joint drills despite warnings of the North’s growing experience in war'
    expect(subjectHeadline(drills)).toBe('Council of Dara orders cuts to the joint drills')
    const mills =
      'The council of Dara pays for all of the mills by the upper river, including those with potentially bad wood'
    expect(subjectHeadline(mills)).toBe('The council of Dara pays for all of the mills by the upper river')
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

describe('in another language', () => {
  const told = 'Дрони влучили в підстанцію в Дарі, і півміста лишилося без світла.'
  const about = (title: string) =>
    headlineOf([{ text: told, isShort: true, item: { title, language: 'uk', publishedAt: null } }])

  test('the title of a short report that says something of its claim is the headline', () => {
    expect(about('Півміста без світла: дрони влучили в підстанцію')).toBe(
      'Півміста без світла: дрони влучили в підстанцію',
    )
  })

  test('a title that only names the report is none', () => {
    expect(about('Оборонний огляд: ранковий випуск редакції')).toBe(told.slice(0, -1))
  })
})
