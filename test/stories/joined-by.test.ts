import { expect, test } from 'vitest'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'
import { joinsOf } from '../../src/stories/rules/joined-by.ts'

const told = (wording: number, says: string) => ({ wording, says, facts: factsIn(says, null) })
const link = (a: number, b: number, likeness: number, terms: string[] = []) => ({
  ...{ a, b, likeness },
  why: { terms, places: ['dar'], figures: ['#12'], brakes: [] },
})
const first = told(1, 'Missiles hit Dara and killed 12 people.')
const second = told(2, 'Twelve people were killed in Dara by missiles.')
const third = told(3, 'Rescuers left Dara.')

test('a claim is joined to the earlier claim that it is likest to, though a later one is liker', () => {
  const joins = joinsOf([first, second, third], [link(2, 3, 0.9), link(1, 2, 0.4), link(1, 3, 0.2)])
  expect(joins.map(({ claim, to, likeness }) => [claim, to, likeness])).toEqual([
    [2, 1, 0.4],
    [3, 2, 0.9],
  ])
})

test('the reason names words as the claim writes them, numbers, and the figures that both give', () => {
  const [join] = joinsOf([first, second], [link(1, 2, 0.4, ['misil', 'kil', 'unknown'])])
  expect(join).toMatchObject({ terms: ['missiles', 'killed', 'unknown'], places: ['Dara'], figures: ['12'] })
  expect(join?.facts).toMatchObject([{ role: 'killed', low: 12 }])
})

test('a claim that is linked only with later ones says so, and a link of likeness 0 joins nothing', () => {
  expect(joinsOf([first, second, third], [link(2, 3, 0.5)]).map(({ claim, to }) => [claim, to])).toEqual([
    [2, 3],
    [3, 2],
  ])
  expect(joinsOf([first, second], [link(1, 2, 0)])).toEqual([])
})
