import type { Statement } from '../takeaways/statement.ts'
import { type Lexeme, type Token, tokensOf } from '../tokens.ts'
import type { Match } from './finders.ts'

/**
 * An index of the phrases of all rules, which finds them together in one walk over a text. Each phrase has a number, and
 * phrases that find the same words have the same.
 */
export type TermIndex = { numberOf(phrase: string): number; find(text: WordIndex): Map<number, Match[]> }

/** One word of phrases that begin alike: the numbers of the phrases that end with it, and the words that may follow. */
type Node = { ends: number[]; stem: Map<string, Node>; form: Map<string, Node>; prefix: Map<string, Node> }

/**
 * Builds a trie of phrases by their words (as Aho and Corasick 1975 for letters; phrases are short, so a walk begins at
 * each word). The phrases that a word begins are looked up once for every distinct word, so that the cost of a text
 * hardly grows with the number of rules.
 */
export function termIndex(): TermIndex {
  const root = newNode()
  const numbers = new Map<string, number>()
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
    numberOf: (phrase) => {
      const tests = wordTestsOf(phrase)
      const key = JSON.stringify(tests)
      const known = numbers.get(key)
      if (known !== undefined) return known
      const number = numbers.size
      numbers.set(key, number)
      insert(root, tests, number)
      firstNodes.clear()
      return number
    },
    find: (text) => {
      const found = new Map<number, Match[]>()
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

function insert(root: Node, tests: WordTest[], number: number): void {
  let node = root
  for (const { by, word } of tests) {
    const next = node[by].get(word) ?? newNode()
    node[by].set(word, next)
    node = next
  }
  if (node !== root) node.ends.push(number)
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
function walk(node: Node, text: WordIndex, first: number, last: number, found: Map<number, Match[]>): void {
  const sentence = text.sentences[last] ?? 0
  if (node.ends.length > 0) record(node.ends, { sentence, from: first, to: last + 1 }, found)
  if (node.stem.size === 0 && node.form.size === 0 && node.prefix.size === 0) return
  const next = text.tokens[last + 1]
  if (!next || text.sentences[last + 1] !== sentence) return
  for (const nextNode of nextNodes(node, next.lexeme)) walk(nextNode, text, first, last + 1, found)
}

function record(phrases: number[], match: Match, found: Map<number, Match[]>): void {
  for (const phrase of phrases) {
    const others = found.get(phrase)
    if (others) others.push(match)
    else found.set(phrase, [match])
  }
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
