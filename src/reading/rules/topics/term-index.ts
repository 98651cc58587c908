import type { Statement } from '../takeaways/statement.ts'
import { type Lexeme, type Token, tokensOf } from '../tokens.ts'
import type { Match } from './finders.ts'

/** All phrases of any number of rules, looked for together in one walk over a text. */
export type TermIndex = { numberOf(phrase: string): number; find(text: WordIndex): Map<number, Match[]> }

/** A word of phrases that begin alike, what may follow it, and the numbers of the phrases that end with it. */
type Node = { ends: number[]; stem: Map<string, Node>; form: Map<string, Node>; prefix: Map<string, Node> }

/**
 * A trie of phrases by their words (as Aho and Corasick 1975 for letters; phrases are short, so a walk begins at each word).
 * What a word can begin is worked out once for every word ever met, so that the cost of a text hardly grows with the rules.
 */
export function termIndex(): TermIndex {
  const root = newNode()
  const numbers = new Map<string, number>()
  const begins = new Map<Lexeme, Node[]>()
  const beginning = (lexeme: Lexeme) => {
    const known = begins.get(lexeme)
    if (known) return known
    const nodes = followers(root, lexeme)
    if (begins.size >= mostKept) begins.clear()
    begins.set(lexeme, nodes)
    return nodes
  }
  return {
    numberOf: (phrase) => {
      const known = numbers.get(phrase)
      if (known !== undefined) return known
      numbers.set(phrase, numbers.size)
      grow(root, wordTestsOf(phrase), numbers.size - 1)
      begins.clear()
      return numbers.size - 1
    },
    find: (text) => {
      const found = new Map<number, Match[]>()
      for (let at = 0; at < text.tokens.length; at++) {
        const token = text.tokens[at]
        if (token) for (const node of beginning(token.lexeme)) walk(node, text, at, at, found)
      }
      return found
    },
  }
}

const mostKept = 50_000

const newNode = (): Node => ({ ends: [], stem: new Map(), form: new Map(), prefix: new Map() })

function grow(root: Node, tests: WordTest[], number: number): void {
  let node = root
  for (const { by, word } of tests) {
    const next = node[by].get(word) ?? newNode()
    node[by].set(word, next)
    node = next
  }
  if (node !== root) node.ends.push(number)
}

const none: Node[] = []

function followers(node: Node, { word, stem }: Lexeme): Node[] {
  const found: Node[] = []
  const byStem = node.stem.get(stem)
  if (byStem) found.push(byStem)
  const byForm = node.form.get(word)
  if (byForm) found.push(byForm)
  for (const [prefix, next] of node.prefix) if (word.startsWith(prefix)) found.push(next)
  return found.length > 0 ? found : none
}

/** Notes the phrases that end at a place, and goes on to those that need the next word of the same sentence. */
function walk(node: Node, text: WordIndex, from: number, at: number, found: Map<number, Match[]>): void {
  const sentence = text.sentence[at] ?? 0
  for (const number of node.ends) {
    const match = { sentence, from, to: at + 1, places: placesFrom(from, at) }
    const known = found.get(number)
    if (known) known.push(match)
    else found.set(number, [match])
  }
  const next = text.tokens[at + 1]
  if (!next || text.sentence[at + 1] !== sentence) return
  if (node.stem.size + node.form.size + node.prefix.size === 0) return
  for (const follower of followers(node, next.lexeme)) walk(follower, text, from, at + 1, found)
}

function placesFrom(from: number, at: number): number[] {
  return from === at ? [from] : Array.from({ length: at - from + 1 }, (_, i) => from + i)
}

/** How one word of a phrase is told in a text: by its stem, by that very form, or by how it begins. */
export type WordTest = { by: 'stem' | 'form' | 'prefix'; word: string }

/** The words of a written phrase: `=port` that form only, `peacekeep*` whatever begins so, `plant` in every inflection. */
export function wordTestsOf(phrase: string): WordTest[] {
  return phrase.split(/[\s-]+/).flatMap((written) =>
    tokensOf(written).map(({ lexeme: { word, stem } }): WordTest => {
      if (written.endsWith('*')) return { by: 'prefix', word }
      return written.startsWith('=') ? { by: 'form', word } : { by: 'stem', word: stem }
    }),
  )
}

/** All words of a text in order, and the number of each one's sentence. */
export type WordIndex = { tokens: Token[]; sentence: number[] }

export function wordIndexOf(statements: Pick<Statement, 'tokens'>[]): WordIndex {
  const tokens: Token[] = []
  const sentence: number[] = []
  for (const [i, statement] of statements.entries()) {
    for (const token of statement.tokens) {
      tokens.push(token)
      sentence.push(i)
    }
  }
  return { tokens, sentence }
}
