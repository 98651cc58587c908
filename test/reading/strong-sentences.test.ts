import { expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'

const strike =
  'Missiles struck the power plant of Dara and two substations on Monday, and left the city without electricity.'
const list = (...items: string[]) =>
  `<h2>Key takeaways</h2><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`
const plain = [
  'The council of Dara elected a new mayor on Monday.',
  'Wheat prices doubled in the southern markets this week.',
]
const body = (...sentences: string[]) => sentences.map((sentence) => `<p>${sentence}</p>`).join('')
const kinds = (html: string) => read({ html }, builtinTopics).takeaways.map(({ kind, text }) => [kind, text])

test('what a list leaves out although it is plainly on a topic is a takeaway beside the list', () => {
  const stated = plain.map((text) => ['stated', text])
  expect(kinds(body(strike) + list(...plain))).toEqual([...stated, ['extracted', strike]])
})

test('what the list tells in other words is not told again', () => {
  const told = 'Missiles left Dara without electricity when they struck its power plant and two substations.'
  expect(kinds(body(strike) + list(told, ...plain)).filter(([kind]) => kind === 'extracted')).toEqual([])
})

test('at most two such sentences are added, and none that leans on another', () => {
  const cities = ['Lorn', 'Vesk', 'Tarn', 'Milo'].map((city) =>
    strike.replaceAll('Dara', city).replace('two', city.length.toString()),
  )
  const leaning = 'It also struck the power plant of Orla and left the whole region without electricity.'
  const added = kinds(body(leaning, ...cities) + list(...plain)).filter(([kind]) => kind === 'extracted')
  expect(added.length).toBeLessThanOrEqual(2)
  expect(added.map(([, text]) => text)).not.toContain(leaning)
})

test('a report whose list is about the topic gets none', () => {
  const items = ['Drones struck the power plant of Vesk on Sunday.', 'Shells hit a substation near Tarn on Friday.']
  expect(kinds(body(strike) + list(...items, ...plain)).filter(([kind]) => kind === 'extracted')).toEqual([])
})

test('the chosen sentences of a report without a list leave no topic out that it is plainly on', () => {
  const days = Array.from(
    { length: 9 },
    (_, day) => `Ferry ${day} carried flour and coal to the upper town on day ${day} of the rain.`,
  )
  const { takeaways } = read({ html: body(...days, `The rain went on. ${strike}`) }, builtinTopics)
  expect(takeaways).toHaveLength(4)
  expect(takeaways.at(-1)).toMatchObject({ text: strike, topics: [{ topic: 'infrastructure-strikes' }] })
})
