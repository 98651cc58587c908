import { contentStems, contentWords } from './content-words.ts'
import type { StreamWords } from './stream-words.ts'
import type { TopicSketch } from './topic-sketch.ts'
import type { Lexicon, Meaning } from './word-meanings.ts'

/**
 * A word of a sketch in all its inflections. `examples` and `counterExamples` count the sentences that have it. `score` is
 * the log of how much more frequent it is in the examples than elsewhere.
 */
export type SketchWord = {
  stem: string
  word: string
  forms: string[]
  examples: number
  counterExamples: number
  inName: boolean
  inDescription: boolean
  isName: boolean
  score: number
}

/** A word below this score could stand in any report. */
const minScore = 0.6
/** No word is so rare that fewer sentences than this share have it. */
const rarest = 0.004

/** The words of a sketch that tell it from other texts, the best first. */
export function topicWords(sketch: TopicSketch, lexicon: Lexicon, stream: StreamWords): SketchWord[] {
  const words = countedWords(sketch).map((word) => ({ ...word, score: scoreOf(word, sketch, lexicon, stream) }))
  return words.filter(({ score }) => score > minScore).sort((a, b) => b.score - a.score || (a.stem < b.stem ? -1 : 1))
}

function countedWords({ name, description, examples, counterExamples }: TopicSketch): Omit<SketchWord, 'score'>[] {
  const given = { name: name.toLowerCase(), description: description.replace(/^./, (first) => first.toLowerCase()) }
  const written = [given.name, given.description, ...examples].flatMap(contentWords)
  const [inName, inDescription] = [contentStems(given.name), contentStems(given.description)]
  const count = (texts: string[], stem: string) => texts.filter((text) => contentStems(text).has(stem)).length
  return [...Map.groupBy(written, ({ stem }) => stem)].map(([stem, same]) => ({
    stem,
    word: same[0]!.word,
    forms: [...new Set(same.map(({ word }) => word))],
    examples: count(examples, stem),
    counterExamples: count(counterExamples, stem),
    inName: inName.has(stem),
    inDescription: inDescription.has(stem),
    isName: same.every(({ isName }) => isName),
  }))
}

/** The corpus of the lexicon has 235,000 words, and a sentence about 20. */
const sentencesOfCorpus = 235_000 / 20

function scoreOf(word: Omit<SketchWord, 'score'>, sketch: TopicSketch, lexicon: Lexicon, stream: StreamWords): number {
  const elsewhere = Math.max((lexicon.frequency(word.stem) + 0.5) / sentencesOfCorpus, stream.share(word.stem))
  const here = (word.examples + (word.inName ? 3 : 0) + (word.inDescription ? 1 : 0)) / (sketch.examples.length + 1)
  const penalties =
    0.7 * word.counterExamples +
    (!word.inName && tellsNothing(lexicon, word.stem) ? 1.5 : 0) +
    (word.isName && word.examples < 2 ? 1 : 0)
  return Math.log(here / (elsewhere + rarest)) - penalties
}

/** Verbs of saying, thinking, perceiving and being, and words of time, as WordNet's fields sort them. */
const emptyFields = new Set(['v32', 'v31', 'v39', 'v42', 'n28'])

function tellsNothing(lexicon: Lexicon, stem: string): boolean {
  const first: Meaning | undefined = lexicon.firstMeaning(stem)
  return first !== undefined && emptyFields.has(first.field)
}
