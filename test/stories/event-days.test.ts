import { describe, expect, test } from 'vitest'
import { eventDaysIn, tellsPast } from '../../src/stories/rules/event-days.ts'

/** A Wednesday. */
const published = Date.parse('2023-05-17T09:00:00Z')
const days = (text: string) =>
  eventDaysIn(text, published).map((day) => new Date(day * 86_400_000).toISOString().slice(5, 10))

describe('a text states on which day something struck', () => {
  test.each([
    ['Shells hit the mill on 15 May.', ['05-15']],
    ['Shells hit the mill on May 15.', ['05-15']],
    ['A drone struck the mill on Tuesday.', ['05-16']],
    ['A drone struck the mill on Wednesday.', ['05-17']],
    ['On the night of May 15 to 16 drones struck the mill.', ['05-15', '05-16', '05-17']],
    ['Drones struck the mill on Monday night.', ['05-15', '05-16']],
    ['Drones struck the mill early on Tuesday.', ['05-15', '05-16']],
    ['Half of the homes are dark after Monday’s drone strikes.', ['05-15']],
    ["The mill works again after Sunday's missile attack.", ['05-14']],
    ['The mill was hit on May 15 and 16.', ['05-15', '05-16']],
  ])('%s', (text, expected) => expect(days(text)).toEqual(expected))

  test('and at the turn of the year the nearest day counts', () => {
    const day = eventDaysIn('Shells hit the mill on 31 December.', Date.parse('2024-01-01T06:00:00Z'))
    expect(day).toEqual([Date.parse('2023-12-31') / 86_400_000])
  })
})

describe('another date is no day of a deed', () => {
  test.each([
    'The mill was hit by shells, the miller said on Tuesday.',
    'The mill has been under attack since 15 May.',
    'The attack was a matter of Monday’s council.',
    'The council meets on Tuesday.',
    'Families waited for water on Monday.',
    'It was the largest attack since the one that struck the mill on 2 May.',
    'The mill burned down.',
  ])('%s', (text) => expect(days(text)).toEqual([]))
})

describe('a text tells only of the past', () => {
  test.each([
    'Explosions in 2022 destroyed the pipeline.',
    'Explosions in late 2022 destroyed the pipeline.',
    'The bridge of Lorn has been closed since September 2021.',
    'In the war of 2014 shells hit the mill.',
    'Shells hit the mill on 15 May 2022.',
    'Drones hit the mill at the start of the war in February.',
    'Floods took the mill last December.',
    'In the night of 24 January drones hit the mill.',
  ])('%s', (text) => expect(tellsPast(text, published)).toBe(true))

  test.each([
    'The strike left 2000 homes without electricity.',
    'The mill will open in February.',
    'Drones hit the mill for the first time in May.',
    'The strike killed 1950 people.',
    'Power failed in 2000 homes.',
    'A crowd of 2000 people fled the mill.',
    'Under its 2022 plan the army struck Lorn.',
    'Drones struck the mill, as in 2023.',
    'Shells hit the mill on 15 May, as in 2022.',
    'Shells hit the mill.',
  ])('but not: %s', (text) => expect(tellsPast(text, published)).toBe(false))
})
