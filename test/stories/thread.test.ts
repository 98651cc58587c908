import { describe, expect, test } from 'vitest'
import { backgroundOf } from '../../src/stories/rules/background.ts'
import { summaryOf, threadOf } from '../../src/stories/rules/thread.ts'
import { unitOf } from '../../src/stories/rules/unit.ts'
import { day, statement } from '../support/statements.ts'

const background = backgroundOf([])
const today = Date.parse('2023-05-17T06:00:00Z')
function story(id: string, daysAgo: number, ...texts: [string, ...string[]]) {
  const published = today - daysAgo * day
  const [first, ...others] = texts.map((text) => unitOf(statement(text, { published })))
  return summaryOf(id, [first!, ...others])
}

const removal = story(
  'removal',
  4,
  'Wardens move families of weavers from Dara to camps beyond the Lomna',
  'Families of Dara weavers are held in camps, a lawyer says',
)
const fair = story('fair', 3, 'Potters open their summer fair on the old market square')

describe('a story goes on', () => {
  test('from the most alike of the earlier ones', () => {
    const now = story('now', 0, 'More families of weavers from Dara are held in the camps beyond the Lomna')
    const link = threadOf(now, [fair, removal], background)
    expect(link).toMatchObject({ story: 'now', earlier: 'removal', places: ['dar'] })
    expect(link?.terms).toContain('veaver')
    expect(threadOf(now, [removal, fair], background)).toEqual(link)
  })

  test('from none that is another story, later, or older than ten days', () => {
    const now = story('now', 0, 'More families of weavers from Dara are held in the camps beyond the Lomna')
    const later = { ...removal, first: now.first + 1, last: now.first + 1 }
    const old = { ...removal, first: removal.first - 8 * day, last: removal.last - 8 * day }
    expect(threadOf(now, [fair, later, old, now], background)).toBeNull()
  })
})

describe('an attack is new', () => {
  const raid = story('raid', 3, 'Vardanian drones hit the port of Dara on Sunday, a warehouse burned down')

  test('where another day is stated', () => {
    const again = story('again', 0, 'Vardanian drones hit the port of Dara on Tuesday, a warehouse burned down')
    expect(threadOf(again, [raid], background)).toBeNull()
  })

  test('where it only resembles the last one', () => {
    const resembles = 'Drones hit a granary near Dara and two weavers are missing'
    const lasts = 'Drones over a granary near Dara: two weavers are missing'
    const before = story('before', 3, 'Drones seen above a granary of Sorn, weavers stay at home')
    expect(threadOf(story('again', 0, lasts), [before], background)).not.toBeNull()
    expect(threadOf(story('again', 0, resembles), [before], background)).toBeNull()
  })
})

describe('a disaster in one place is one thread', () => {
  const quake = story('quake', 3, 'An earthquake at Sorn on Sunday killed 47 people and tore down the granary')

  test('however else its days are told', () => {
    const later = story(
      'later',
      0,
      'Weavers wait for tents on Wednesday in Sorn, where a quake left thousands homeless',
    )
    expect(threadOf(later, [quake], background)).toMatchObject({ earlier: 'quake' })
  })

  test('but not one in another place, nor another kind', () => {
    const elsewhere = story('elsewhere', 0, 'Weavers wait for tents after a quake near Dara left thousands homeless')
    const flood = story('flood', 0, 'Potters wait for boats in Sorn, where a flood on Wednesday took the mill')
    expect(threadOf(elsewhere, [quake], background)).toBeNull()
    expect(threadOf(flood, [quake], background)).toBeNull()
  })
})

test('a story of another place must be more alike', () => {
  const before = story('before', 3, 'Wardens in Sorn close weaving sheds over unpaid taxes')
  const elsewhere = 'Wardens in Dara close weaving sheds'
  const anywhere = 'Dara wardens close weaving sheds'
  const likeness = (text: string) => threadOf(story('now', 0, text), [before], background)?.likeness
  expect(likeness(elsewhere)).toBeCloseTo(likeness(anywhere)! / 2, 3)
})

test('a story of the same place, or of the same past day, needs to be less alike', () => {
  const likeness = (text: string, before: string) =>
    threadOf(story('now', 0, text), [story('before', 2, before)], background)?.likeness ?? 0
  const inDara = likeness('Weavers in Dara leave sheds', 'Wardens in Dara close sheds')
  expect(inDara).toBeCloseTo(1.6 * likeness('Dara weavers leave sheds', 'Wardens in Dara close sheds'), 2)
  const raid = 'Drones hit the granary of Dara on 15 May'
  const ofThatDay = likeness('Of 90 drones launched on 15 May 75 were lost', raid)
  expect(ofThatDay).toBeGreaterThan(1.2 * likeness('Of 90 drones launched 75 were lost', raid))
})

test('no story goes on from one of another crisis, and hardly from one on another topic', () => {
  const before = story('before', 2, 'Families flee from the camp near Khartoum in Sudan')
  expect(
    threadOf(story('now', 0, 'Families flee from the camp near Kherson in Ukraine'), [before], background),
  ).toBeNull()
  const on = (topic: string, daysAgo: number) =>
    summaryOf(topic, [
      unitOf(statement('Weavers of Dara leave sheds', { published: today - daysAgo * day, topics: [topic] })),
    ])
  expect(threadOf(on('a', 0), [on('b', 2)], background)?.likeness).toBeCloseTo(0.25, 2)
})

test('a summary says what all its statements say', () => {
  const one = story('one', 1, 'Vardanian drones hit the port of Dara on Sunday', 'Weavers in Sorn mourn')
  expect([...one.unit.places].sort()).toEqual(['dar', 'sorn'])
  expect([...one.unit.attackers]).toEqual(['vard'])
  expect(one.unit.days).toHaveLength(1)
  expect(one.sudden).toBe(0.5)
})
