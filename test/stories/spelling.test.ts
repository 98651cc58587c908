import { describe, expect, test } from 'vitest'
import { spellingKey } from '../../src/stories/rules/spelling.ts'

describe('the spellings of one name have one key', () => {
  test.each([
    ['Zelensky', 'Zelenskyy', 'Zelenskiy', 'Zelenskyi', 'Зеленський', 'Зеленського', 'Зеленскому'],
    ['Kyiv', 'Kiev', 'Kiew', 'Київ', 'Києві', 'Києвом', 'Киеве'],
    ['Kharkiv', 'Kharkov', 'Харків', 'Харкові', 'Харькове'],
    ['Odesa', 'Odessa', 'Одеса', 'Одесі', 'Одессе'],
    ['Mykolaiv', 'Mykolayiv', 'Nikolaev', 'Миколаєві'],
    ['Zaporizhzhia', 'Zaporizhia', 'Zaporozhye', 'Запоріжжі'],
    ['Moscow', 'Moskau', 'Moscou', 'Москві'],
    ['Dmytro', 'Dmitro', 'Дмитро'],
    ['Przemyśl', 'Przemysl'],
  ])('%s', (...spellings) => {
    expect(new Set(spellings.map(spellingKey)).size).toBe(1)
  })
})

test.each([
  ['Kharkiv', 'Kherson'],
  ['Lviv', 'Kyiv'],
  ['Luhansk', 'Donetsk'],
  ['Iran', 'Iraq'],
  ['sea', 'see'],
])('%s is not %s', (one, other) => {
  expect(spellingKey(one)).not.toBe(spellingKey(other))
})
