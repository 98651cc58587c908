import { afterAll, beforeAll, expect, test } from 'vitest'
import { storyOf, type Told, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp

beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

const english: Told = {
  feed: 'wire',
  title: 'Missiles hit power plant in Kharkiv, 8,000 homes without electricity',
  text: 'Missiles hit a power plant in Kharkiv on 23 November, and 8,000 homes were left without electricity.',
}
const ukrainian: Told = {
  feed: 'visti',
  title: 'Ракети влучили в електростанцію в Харкові, 8000 осель без світла',
  text: 'Ракети влучили в електростанцію в Харкові 23 листопада, без електрики лишилися 8000 осель.',
}
const russian: Told = {
  feed: 'vesti',
  title: 'Ракеты попали в электростанцию в Харькове, 8000 домов без света',
  text: 'Ракеты попали в электростанцию в Харькове 23 ноября, без электричества остались 8000 домов.',
}
const elsewhere: Told = {
  feed: 'visti',
  title: 'Дрони влучили в підстанцію в Сумах, 300 осель без світла',
  text: 'Дрони влучили в підстанцію в Сумах 23 листопада, без електрики лишилися 300 осель.',
}

test('an event that is told in three languages is one story, and another event another', async () => {
  await tell(app, english, ukrainian, russian, elsewhere)
  const [first, ...others] = await Promise.all([english, ukrainian, russian].map((told) => storyOf(app, told)))
  expect(others).toEqual([first, first])
  expect(await storyOf(app, elsewhere)).not.toBe(first)
})
