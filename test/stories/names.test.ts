import { describe, expect, test } from 'vitest'
import { attackersIn } from '../../src/stories/rules/attackers.ts'
import { namesIn } from '../../src/stories/rules/names.ts'

describe('names', () => {
  test('are words with a capital that begin no sentence', () => {
    const { names } = namesIn('Farmers from Dara met the envoy Halina Borek. Rain fell on Tuesday.')
    expect([...names].sort()).toEqual(['borek', 'dar', 'halin'])
  })

  test('are places after a preposition or before a word such as region', () => {
    const { places } = namesIn('The envoy Halina Borek spoke in Dara about the Lomnica region and British aid.')
    expect([...places].sort()).toEqual(['dar', 'lomnic'])
  })

  test('are only known places in Title Case', () => {
    const { names, places } = namesIn('Farmers Flee Burning Fields Near Odessa After Night Raid')
    expect([...names]).toEqual(['odes'])
    expect([...places]).toEqual(['odes'])
  })
})

describe('an attacker', () => {
  test.each([
    ['Vardanian drones set the mill of Dara ablaze', ['vard']],
    ['Vardania launches missiles at Dara', ['vard']],
    ['The mill burned after an attack by Vardania', ['vard']],
    ['Vardania and Lomnia trade blows: Vardanian shells fall on Dara, Lomnian drones hit a mill', ['lomn', 'vard']],
    ['Overnight attacks on the mill of Dara', []],
    ['The mayor of Dara asks for help', []],
  ])('%s', (text, expected) => expect([...attackersIn(text)].sort()).toEqual(expected))
})
