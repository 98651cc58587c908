import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokensOf } from '../../src/reading/rules/tokens.ts'
import { termIndex, wordIndexOf } from '../../src/reading/rules/topics/term-index.ts'

const word = fc.constantFrom('strike', 'strikes', 'port', 'ports', 'power', 'plant', 'planted', 'dam')
const sentence = fc.array(word, { minLength: 1, maxLength: 8 })
const written = fc.tuple(fc.constantFrom('', '='), word, fc.constantFrom('', '*'))
const part = written.map(([sign, form, star]) => (sign ? `=${form}` : `${form}${star}`))
const phrase = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '))

const stemOf = (form: string) => tokensOf(form)[0]?.lexeme.stem
const fits = (wanted: string, form: string | undefined) => {
  if (form === undefined) return false
  if (wanted.startsWith('=')) return wanted.slice(1) === form
  return wanted.endsWith('*') ? form.startsWith(wanted.slice(0, -1)) : stemOf(wanted) === stemOf(form)
}

/** The slow and obvious way: each phrase at each word. */
function rangesOf(wanted: string, sentences: string[][]): [from: number, to: number][] {
  const parts = wanted.split(' ')
  const offsets = sentences.map((_, i) => sentences.slice(0, i).flat().length)
  return sentences.flatMap((words, i) =>
    words.flatMap((_, k): [number, number][] => {
      const from = (offsets[i] ?? 0) + k
      return parts.every((each, n) => fits(each, words[k + n])) ? [[from, from + parts.length]] : []
    }),
  )
}

test('one walk finds every phrase where a search for it alone does, and never across the end of a sentence', () => {
  fc.assert(
    fc.property(
      fc.array(sentence, { maxLength: 4 }),
      fc.uniqueArray(phrase, { maxLength: 6 }),
      (sentences, phrases) => {
        const terms = termIndex('en')
        const sets = phrases.map((wanted) => terms.add([wanted]))
        const found = terms.find(
          wordIndexOf(
            sentences.map((words) => ({ tokens: tokensOf(words.join(' ')) })),
            'en',
          ),
        )
        for (const [i, wanted] of phrases.entries()) {
          const ranges = (found[sets[i] ?? -1] ?? []).map(({ from, to }) => [from, to])
          expect(ranges).toEqual(rangesOf(wanted, sentences))
        }
      },
    ),
  )
})

test('the matches of a set are in the order of the text, the shorter first, and each once', () => {
  const terms = termIndex('en')
  const set = terms.add(['power plant', '=power', 'plant', '=plant', 'dam'])
  const words = wordIndexOf([{ tokens: tokensOf('A dam, a power plant and plants') }], 'en')
  const ranges = terms.find(words)[set]?.map(({ from, to }) => [from, to])
  expect(ranges).toEqual([
    [1, 2],
    [3, 4],
    [3, 5],
    [4, 5],
    [6, 7],
  ])
})

test('a phrase of a word that is too long for the cache is found', () => {
  const [long, other] = ['a'.repeat(50), 'b'.repeat(50)]
  const terms = termIndex('en')
  const set = terms.add([`${long} dam`])
  const words = wordIndexOf([{ tokens: tokensOf(`${other} dam, ${long} dam, ${other} dam`) }], 'en')
  expect(terms.find(words)[set]?.map(({ from, to }) => [from, to])).toEqual([[2, 4]])
})
