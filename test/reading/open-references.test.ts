import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'

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
    'Three weeks after that the gates of the upper valley were closed to all farmers.',
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
    'The gates of the dam of Dara were within the rules, the engineer Vera Lind added.',
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

describe('a sentence that speaks of a known thing, which nothing in it names, is not chosen', () => {
  test.each([
    'The legislation, which is expected in the autumn, will bind every owner of a mill to one more gate.',
    'A court found in March that the company hid the cracks of its turbines for more than nine years.',
    'Engineers were sent to the region on Sunday with nine pumps and four lorries of sandbags.',
    'The army went on to strike the bridges while farmers tried to mend them, until nobody tried again.',
    'Some 53 farmers lost their houses in the earthquake, which struck early on Saturday.',
    'Boats began to shell those ports in Karn and Lorn at the beginning of the year.',
    'The judges have dismissed the case, but the plaintiffs will not give up before the autumn.',
    'The province’s governor asked on Sunday for nine more days of rest for his rescuers.',
    'Sailors announced the recent attacks, which sank at least one boat with its crew on Sunday.',
    'Hundreds more were hurt on Sunday, and thousands sleep in the halls of their schools.',
    'The visit comes as nine mills of the coast stand still for want of grain and water.',
    'A few weeks before that, the price of wheat was 38 crowns in every market of the coast.',
  ])('%s', (sentence) => expect(isChosen(sentence)).toBe(false))

  test.each([
    'The legislation of the northern council will bind every owner of a mill to one more gate.',
    'A court found in March that Karn Mills hid cracks, and that the company knew of them for years.',
    'Engineers were sent to the region of Karn on Sunday with nine pumps and four lorries of sandbags.',
    'The army struck three bridges on Friday, and went on to strike the bridges until nobody mended them.',
    'The earthquake struck the coast of Karn early on Saturday and took the houses of 53 farmers.',
    'The government asked on Sunday for nine more days of rest for the rescuers of the army.',
    'The mayor, Vera Lind, asked on Sunday for nine more days of rest for her rescuers.',
    'The attack on the mills of Karn was the first one since the beginning of the year.',
    'Farmers oppose the war through protests, letters and a long march to the northern coast.',
  ])('but one that names it is: %s', (sentence) => expect(isChosen(sentence)).toBe(true))

  test('where it is the event of the sentence before, a whole clause behind it stands for itself', () => {
    const sentence = 'The assault came as Karn closed both bridges to lorries and shut its northern mills.'
    const chosen = read({ text: [sentence, ...plain].join('\n\n') }, []).takeaways.map(({ text }) => text)
    expect(chosen).toContain('Karn closed both bridges to lorries and shut its northern mills.')
  })

  test('where a report would leave out a topic without it, it comes with the sentence before', () => {
    const before = 'The army of the north began its retreat from Karn on Wednesday.'
    const sentence = 'A general said that 9,000 people had been moved out of the city before the retreat.'
    const text = [`${before} ${sentence}`, ...plain].join('\n\n')
    const [moved] = read({ text }, builtinTopics).takeaways.filter(({ topics }) => topics.length > 0)
    expect(moved?.text).toBe(`${before} ${sentence}`)
  })
})

test('what cannot be done is not chosen without the answer that follows it', () => {
  const limit = 'The pumps that the council bought are not suitable for the deep wells of Karn.'
  const isTold = (next: string) =>
    read({ text: [`${limit} ${next}`, ...plain].join('\n\n') }, []).takeaways.some(({ text }) => text === limit)
  expect(isTold('However, engineers of the valley joined two of them and drained every well.')).toBe(false)
  expect(isTold('Engineers of the valley found a way around that limitation and drained every well.')).toBe(false)
  expect(isTold('Engineers of the valley drained nine other wells by hand.')).toBe(true)
})
