import { describe, expect, test } from 'vitest'
import { backgroundOf } from '../../src/stories/rules/background.ts'
import { linkOf } from '../../src/stories/rules/likeness.ts'
import type { Link, ReportedStatement } from '../../src/stories/rules/types.ts'
import { unitOf } from '../../src/stories/rules/unit.ts'
import { weigh } from '../../src/stories/rules/weigh.ts'
import { day, hour, statement } from '../support/statements.ts'

function link(a: ReportedStatement, b: ReportedStatement): Link | null {
  const [x, y] = [unitOf(a), unitOf(b)]
  const background = backgroundOf([])
  return linkOf(weigh(x, background), weigh(y, background))
}
const likeness = (a: ReportedStatement, b: ReportedStatement): number => link(a, b)?.likeness ?? 0

const fire = statement('Fire at the flour mill of Dara killed 140 weavers')
const sameFire = '140 weavers die in a blaze at the flour mill of Dara'

describe('a link', () => {
  test('says by which words and figures two statements are alike', () => {
    const found = link(fire, statement(sameFire))
    expect(found?.likeness).toBeGreaterThan(0.2)
    expect(found?.why).toMatchObject({ figures: ['#140'], places: [], brakes: [] })
    expect(found?.why.terms).toEqual(expect.arrayContaining(['dar', 'mil', 'veaver']))
  })

  test('is none between claims of two crises, however alike their words', () => {
    const one = statement('Families flee as shells fall on the camp near Khartoum in Sudan')
    const other = statement('Families flee as shells fall on the camp near Kherson in Ukraine')
    expect(link(one, other)).toMatchObject({ likeness: 0, why: { brakes: expect.arrayContaining(['other crisis']) } })
    expect(likeness(one, statement('Families flee as shells fall on the camp near Washington'))).toBeGreaterThan(0)
  })

  test('is a quarter between claims that are on different topics', () => {
    const on = (...topics: string[]) => ({ topics })
    const strike = statement('Weavers of Dara shelter in the flour mill', on('strikes'))
    const ofOther = link(strike, statement('The flour mill of Dara shelters weavers', on('displacement')))
    const ofBoth = link(strike, statement('The flour mill of Dara shelters weavers', on('displacement', 'strikes')))
    expect(ofOther?.why.brakes).toEqual(['other topic'])
    expect(ofBoth?.why.brakes).toEqual([])
    expect(ofOther?.likeness).toBeCloseTo(ofBoth!.likeness / 4, 3)
  })

  test('counts no small numbers, which are counts of a few and days of a month', () => {
    const few = statement('On 23 May 4 bakers of Dara won', { title: 'Bakers win' })
    expect(link(few, statement('On 23 May 4 weavers of Lind won'))?.why.figures ?? []).toEqual([])
  })

  test('is the same from both sides', () => {
    const other = statement(sameFire)
    expect(link(fire, other)).toEqual(link(other, fire))
  })

  test('is none between statements that share only usual words', () => {
    expect(link(fire, statement('Officials said on Monday that talks will continue'))).toBeNull()
    expect(link(fire, fire)).toBeNull()
  })

  test('spans spellings of a name', () => {
    const one = statement('Zelensky visits wounded weavers')
    expect(link(one, statement('Weavers thank Zelenskyy'))?.why.terms).toContain('zelensk')
  })

  test('weakens with the time between the two, to none after two days', () => {
    const likenessAfter = (time: number) => likeness(fire, statement(sameFire, { published: fire.published + time }))
    expect(likenessAfter(hour)).toBeGreaterThan(likenessAfter(day))
    expect(likenessAfter(day)).toBeGreaterThan(likenessAfter(1.5 * day))
    expect(likenessAfter(2 * day)).toBe(0)
  })

  test('counts the title and the words around a statement, but no title that only names a series', () => {
    const bare = statement('Fourteen people died.')
    const titled = statement('Fourteen people died.', { title: 'Flour mill of Dara burns down' })
    const inContext = statement('Fourteen people died.', { context: 'The flour mill of Dara burned down at night.' })
    const generic = statement('Fourteen people died.', { title: 'Flour and mill daily report, 17 May' })
    expect(likeness(fire, titled)).toBeGreaterThan(likeness(fire, bare))
    expect(likeness(fire, inContext)).toBeGreaterThan(likeness(fire, bare))
    expect(likeness(fire, generic)).toBe(likeness(fire, bare))
  })
})

describe('within one report', () => {
  const report = 'a report'
  const one = 'Shells damaged the flour mill of Dara.'
  const other = 'Sappers cleared mines around the flour mill of Dara.'

  test('the statements of a short report are alike by its beginning', () => {
    const about = { report, context: `${one} Nobody could confirm it.` }
    expect(likeness(statement(one, about), statement('Nobody could confirm it.', about))).toBeGreaterThan(0.5)
  })

  test('those of different paragraphs are less alike than those of different reports', () => {
    const within = likeness(statement(one, { report, passage: 3 }), statement(other, { report, passage: 9 }))
    expect(within).toBeLessThan(likeness(statement(one), statement(other)))
  })

  test('those of one paragraph are more alike', () => {
    const within = likeness(statement(one, { report, passage: 3 }), statement(other, { report, passage: 3 }))
    expect(within).toBeGreaterThan(likeness(statement(one), statement(other)))
  })
})

describe('two attacks are told apart by', () => {
  test('the days that they state, whatever they share', () => {
    const first = statement('Drones hit the flour mill of Dara on 15 May')
    const second = statement('Drones hit the flour mill of Dara on 17 May')
    expect(link(first, second)).toMatchObject({ likeness: 0, why: { brakes: ['other day'] } })
  })

  test('but not by the two days of one night', () => {
    const first = statement('Drones hit the flour mill of Dara on Tuesday night')
    const second = statement('Drones hit the flour mill of Dara on Wednesday')
    expect(likeness(first, second)).toBeGreaterThan(0.5)
  })

  const ablaze = statement('Vardanian drones set a warehouse ablaze in Dara')

  test('their places', () => {
    const other = link(ablaze, statement('Vardanian drones set a warehouse ablaze in Lomnica'))
    const unplaced = link(ablaze, statement('Vardanian drones set a Lomnica warehouse ablaze'))
    expect(other?.why.brakes).toEqual(['other place'])
    expect(other?.likeness).toBeCloseTo(unplaced!.likeness / 2, 3)
  })

  test('but not by a place that everybody names', () => {
    const everybody = backgroundOf(Array.from({ length: 50 }, () => unitOf(statement('Rain falls in Dara'))))
    const other = statement('Vardanian drones set a warehouse ablaze in Lomnica')
    expect(linkOf(weigh(unitOf(ablaze), everybody), weigh(unitOf(other), everybody))?.why.brakes).toEqual([])
  })

  test('who attacks', () => {
    const other = link(ablaze, statement('Lomnian drones set a warehouse ablaze in Dara'))
    const unnamed = link(ablaze, statement('Drones set a Lomnian warehouse ablaze in Dara'))
    expect(other?.why.brakes).toEqual(['other attacker'])
    expect(other?.likeness).toBeCloseTo(unnamed!.likeness / 2, 3)
  })
})

describe('across languages', () => {
  const ukrainian = statement('У млині в Харкові загинуло 140 людей', { language: 'uk' })

  test('names and numbers join, and words do not', () => {
    const found = link(statement('In Kharkiv 140 people died in a flour mill'), ukrainian)
    expect(found?.why).toMatchObject({ figures: ['#140'], brakes: ['other language'] })
    expect(found?.why.terms).toEqual(['kharkiv'])
    expect(
      link(statement('Der Hut war rot und die Tür war zu', { language: 'de' }), statement('The red hat was torn')),
    ).toBeNull()
  })

  test('the language of a report is compared without its country', () => {
    const british = statement('Flour mill burns', { language: 'en-GB' })
    expect(link(british, statement('Flour mill burns', { language: 'EN' }))?.why.brakes).toEqual([])
    expect(link(british, statement('Flour mill burns', { language: 'de' }))).toBeNull()
  })
})
