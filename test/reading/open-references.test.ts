import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'

const plain = [
  'The council of Dara met on Monday and heard the engineers of the valley.',
  'Wheat from the northern fields reached the mills with a delay of nine days.',
  'The ferries between the two banks carry no lorries before the weekend.',
]
const isChosen = (sentence: string) =>
  read({ text: [sentence, ...plain].join('\n\n') }, []).takeaways.some(({ text }) => text === sentence)

test('nor one that begins with the surname of somebody whom an earlier one introduces', () => {
  const stated = 'Koval stated that the mills of the upper valley are open to farmers on Sunday.'
  const isStated = (first: string) =>
    read({ text: [first, stated, ...plain].join('\n\n') }, []).takeaways.some(({ text }) => text === stated)
  expect(isStated('The head of the northern mills, Olena Koval, met the council of the valley on Friday.')).toBe(false)
  expect(isStated('The owners of the northern mills met the council of the valley on Friday at noon.')).toBe(true)
})

describe('a sentence about what only an earlier one names is not chosen', () => {
  test.each([
    'Other northern sources told of a third flood in the upper valley on Sunday.',
    'The two countries have closed the roads of the upper valley since Sunday.',
    'Soon afterwards the gates of the upper valley were closed to all farmers.',
    'Engineers expect that the water will reach these lower defenses of the valley on Sunday.',
    'Residents nearby were brought to the school of the upper valley on Sunday.',
    'The mills of the upper valley are not wholly closed to farmers, however.',
    'Engineers expect that the water will reach these points of the valley on Sunday.',
    'The police of Dara say that the pair broke the gates of the dam on Sunday.',
    'The gates of the dam were within the rules of the northern valleys, he added.',
  ])('%s', (sentence) => expect(isChosen(sentence)).toBe(false))
})

describe('but one that names it itself is', () => {
  test.each([
    'Engineers named two points of the valley, and water will reach these points on Sunday.',
    'Vera Lind and her son, and with them the pair of dogs, left the valley on Sunday.',
    'The gates of the dam were within the rules, the engineer Vera Lind added.',
  ])('%s', (sentence) => expect(isChosen(sentence)).toBe(true))
})

test.each([
  'The council and the farmers must bend every effort to open the roads of the upper valley by Sunday.',
  'The engineers of Dara found a way to work around that limitation by building three small gates.',
  'Farmers of the upper valley hope for the return of those lands before the autumn of the year.',
  'Heat anomalies detected by the sensors of a satellite indicate fires at the mill of Dara on Sunday.',
])('nor one that is misunderstood alone: %s', (sentence) => expect(isChosen(sentence)).toBe(false))

test.each([
  'The council said that farmers must bend every effort to open the roads of the upper valley by Sunday.',
  'The gates have one limitation, and engineers of Dara worked around that limitation on Sunday.',
  'Satellite images show fires at the mill of Dara after Russian strikes on the valley on Sunday.',
])('but this one is: %s', (sentence) => expect(isChosen(sentence)).toBe(true))
