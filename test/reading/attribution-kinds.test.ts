import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { attributionOf } from '../../src/reading/rules/takeaways/attribution.ts'

type Labelled = { kind: string; text: string; speakers: string[] }

/** Sentences with the names that count as right for their speaker; none where nobody is named. */
const sentences: Labelled[] = readFileSync(new URL('./speakers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
const kinds = [...Map.groupBy(sentences, ({ kind }) => kind)]

test.each(kinds)('at least 97 of 100 speakers are right, and no other is wrong: %s', (_, ofKind) => {
  const wrong = ofKind.filter((sentence) => !isRight(sentence)).map(({ text }) => `${text} -> ${attributionOf(text)}`)
  expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(ofKind.length * 0.03)
})

test('of all speakers that are given, at least 99 of 100 are right', () => {
  const given = sentences.filter(({ text }) => attributionOf(text) !== null)
  expect(given.filter(isRight).length / given.length).toBeGreaterThanOrEqual(0.99)
})

function isRight({ text, speakers }: Labelled): boolean {
  const given = attributionOf(text)
  return given === null ? speakers.length === 0 : speakers.some((name) => plain(name) === plain(given))
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/^(?:the|an?|le|la|les|l')\s*/, '')
}
