import { expect, test } from 'vitest'
import { builtinTopics } from '../../src/domain/reading/builtin-topics.ts'
import { read } from '../../src/domain/reading/read.ts'

const topicsOf = (text: string, title?: string) =>
  read({ text, ...(title ? { title } : {}) }, builtinTopics).topics.map((t) => t.topic)

test.each([
  'London and Paris offered Kyiv binding security guarantees for the years after a ceasefire.',
  'The plan foresees a reassurance force of 20,000 European troops far from the line.',
  'Moscow rejected any peacekeepers from NATO states on the ground.',
  'The treaty holds a mutual defence clause like Article 5.',
])('security guarantees: %s', (text) => expect(topicsOf(text)).toEqual(['security-guarantees']))

test.each([
  'Overnight drones struck two substations and left 40,000 homes in Sumy without power.',
  'A missile attack set an oil depot near Poltava on fire.',
  'Shelling damaged the railway bridge over the river.',
  'Ukrainian drones hit a refinery in Ryazan.',
])('infrastructure strikes: %s', (text) => expect(topicsOf(text)).toEqual(['infrastructure-strikes']))

test.each([
  'Some 3,000 residents were evacuated from border villages to Kharkiv.',
  'Refugees in Chad now number more than a million.',
  'Families fled their homes as fighting neared the town.',
  'Returnees find their houses in ruins.',
])('displacement: %s', (text) => expect(topicsOf(text)).toEqual(['displacement']))

test.each([
  'Railway workers voted for a labour strike over pay.',
  'An earthquake damaged the power plant in the hills.',
  'The Security Council met and adjourned.',
  'The loan guarantee covers half of the sum.',
  'The displacement of troops along the front went on.',
  'Wheat prices rose in every market of the south.',
])('none of them: %s', (text) => expect(topicsOf(text)).toEqual([]))

test('a title gives its topics too, and single passages only where nothing else does', () => {
  const filler = Array.from(
    { length: 30 },
    (_, i) => `The council of district ${i} met on Monday and agreed on the budget for its ${i} schools this year.`,
  )
  const aside = 'He saw it. It was late. They said refugees slept there.'
  const text = [...filler, aside].join('\n\n')
  expect(read({ text }, builtinTopics).topics).toMatchObject([{ topic: 'displacement', via: 'passage' }])
  expect(read({ text, title: 'Drones strike a power plant' }, builtinTopics).topics).toMatchObject([
    { topic: 'infrastructure-strikes', via: 'title' },
  ])
})
