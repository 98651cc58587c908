import { readFileSync } from 'node:fs'
import { read } from '../../src/reading/rules/read.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'

/** The sentences of a language that were labelled by hand, each a line of JSON. */
export const labelledIn = <Labelled>(language: string): Labelled[] =>
  readFileSync(`test/fixtures/topics/languages/${language}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** The built-in topics of a text in a language. */
export const builtinTopicsOf = (text: string, language: string): string[] =>
  read({ text, language }, builtinTopics).topics.map(({ topic }) => topic)

/** The labels of the built-in topics. `-` belongs to none and uses their words; `0` is any other news. */
export const topicLabels = [
  ['security-guarantees', 'G'],
  ['infrastructure-strikes', 'S'],
  ['displacement', 'D'],
] as const
