import type { Statement } from '../takeaways/statement.ts'
import { type Lexeme, type Token, tokensOf } from '../tokens.ts'
import type { FoundSets, Match } from './match.ts'

/**
 * An index of sets of phrases, those of all rules, which finds them together in one walk over a text. `add` gives the
 * number of a set, and `find` the matches of each set in the order of the text.
 */
export type TermIndex = { add(phrases: string[]): number; find(text: WordIndex): FoundSets }

/** One word of phrases that begin alike: the sets whose phrases end with it, and the words that may follow. */
type Node = { ends: number[]; stem: Map<string, Node>; form: Map<string, Node>; prefix: Map<string, Node> }

/**
 * Builds a trie of phrases by their words (as Aho and Corasick 1975 for letters; phrases are short, so a walk begins at
 * each word). The phrases that a word begins are looked up once for every distinct word, so that the cost of a text
 * hardly grows with the number of rules.
 */
export function termIndex(): TermIndex {
  const root = newNode()
  let sets = 0
  const firstNodes = new Map<Lexeme, Node[]>()
  const firstNodesFor = (lexeme: Lexeme) => {
    const known = firstNodes.get(lexeme)
    if (known) return known
    const nodes = nextNodes(root, lexeme)
    if (firstNodes.size >= maxCached) firstNodes.clear()
    firstNodes.set(lexeme, nodes)
    return nodes
  }
  return {
    add: (phrases) => {
      const set = sets++
      for (const phrase of phrases) insert(root, wordTestsOf(phrase), set)
      firstNodes.clear()
      return set
    },
    find: (text) => {
      const found: FoundSets = []
      for (let i = 0; i < text.tokens.length; i++) {
        const token = text.tokens[i]
        if (token) for (const node of firstNodesFor(token.lexeme)) walk(node, text, i, i, found)
      }
      return found
    },
  }
}

const maxCached = 50_000

const newNode = (): Node => ({ ends: [], stem: new Map(), form: new Map(), prefix: new Map() })

function insert(root: Node, tests: WordTest[], set: number): void {
  let node = root
  for (const { by, word } of tests) {
    const next = node[by].get(word) ?? newNode()
    node[by].set(word, next)
    node = next
  }
  if (node !== root && !node.ends.includes(set)) node.ends.push(set)
}

const none: Node[] = []

function nextNodes(node: Node, { word, stem }: Lexeme): Node[] {
  const found: Node[] = []
  const byStem = node.stem.get(stem)
  if (byStem) found.push(byStem)
  const byForm = node.form.size > 0 ? node.form.get(word) : undefined
  if (byForm) found.push(byForm)
  if (node.prefix.size > 0) for (const [prefix, next] of node.prefix) if (word.startsWith(prefix)) found.push(next)
  return found.length > 0 ? found : none
}

/** Records the phrases from one word to another, and goes on to those that need the next word of the same sentence. */
function walk(node: Node, text: WordIndex, first: number, last: number, found: FoundSets): void {
  const sentence = text.sentences[last] ?? 0
  if (node.ends.length > 0) record(node.ends, { sentence, from: first, to: last + 1 }, found)
  if (node.stem.size === 0 && node.form.size === 0 && node.prefix.size === 0) return
  const next = text.tokens[last + 1]
  if (!next || text.sentences[last + 1] !== sentence) return
  for (const nextNode of nextNodes(node, next.lexeme)) walk(nextNode, text, first, last + 1, found)
}

function record(sets: number[], match: Match, found: FoundSets): void {
  for (const set of sets) {
    const others = found[set]
    if (others) insertInOrder(others, match)
    else found[set] = [match]
  }
}

/** Adds a match to those that begin no later than it; of two phrases of a set for the same words, one counts. */
function insertInOrder(matches: Match[], match: Match): void {
  let at = matches.length
  for (let last = matches[at - 1]; last?.from === match.from && last.to >= match.to; last = matches[--at - 1])
    if (last.to === match.to) return
  if (at === matches.length) matches.push(match)
  else matches.splice(at, 0, match)
}

/** How a word of a phrase is compared with a word of a text: by its stem, by its exact form, or as a prefix. */
type WordTest = { by: 'stem' | 'form' | 'prefix'; word: string }

/**
 * The words of a phrase: `=port` is that form only, `peacekeep*` is any word that begins so, `plant` is any inflection.
 */
export function wordTestsOf(phrase: string): WordTest[] {
  return phrase.split(/[\s-]+/).flatMap((written) =>
    tokensOf(written).map(({ lexeme: { word, stem } }): WordTest => {
      if (written.endsWith('*')) return { by: 'prefix', word }
      return written.startsWith('=') ? { by: 'form', word } : { by: 'stem', word: stem }
    }),
  )
}

/** All words of a text in order, and for each word the number of its sentence. */
export type WordIndex = { tokens: Token[]; sentences: number[] }

export function wordIndexOf(statements: Pick<Statement, 'tokens'>[]): WordIndex {
  const tokens: Token[] = []
  const sentences: number[] = []
  for (const [i, statement] of statements.entries()) {
    for (const token of statement.tokens) {
      tokens.push(token)
      sentences.push(i)
    }
  }
  return { tokens, sentences }
}
