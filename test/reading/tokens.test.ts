import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { tokensOf } from '../../src/reading/rules/tokens.ts'

const wordsOf = (text: string) => tokensOf(text).map(({ lexeme }) => lexeme.word)

test('a word keeps its apostrophe, and loses its hyphen and its possessive ending', () => {
  expect(wordsOf("The governor’s air-raid sirens didn't sound")).toEqual([
    'the',
    'governor',
    'air',
    'raid',
    'sirens',
    "didn't",
    'sound',
  ])
})

test('words that share a place in the cache are each read as they are written', () => {
  // `Aa` and `BB` have the same hash, and so have all words made of them.
  const words = ['AaAaAa', 'AaAaBB', 'AaBBAa', 'BBAaAa', 'AaAaAa']
  expect(wordsOf(words.join(' '))).toEqual(words.map((word) => word.toLowerCase()))
})

test('the words of a report do not keep the report in memory', () => {
  const filler = 'Shells fell on the town. '.repeat(8_000)
  const before = liveBytes()
  for (let i = 0; i < 300; i++) tokensOf(Buffer.from(`hydroelectricity${i} ${filler}`).toString())
  expect(liveBytes() - before).toBeLessThan(10_000_000)
})

/** The bytes on the heap after a collection. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}
