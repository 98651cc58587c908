import type { Statement } from '../takeaways/statement.ts'
import { type Lexeme, type Token, tokensOf } from '../tokens.ts'
import type { FoundSets, Match } from './match.ts'

/**
 * An index of sets of phrases, those of all rules, which finds them together in one walk over a text. `add` gives the
 * number of a set, and `find` the matches of each set in the order of the text.
 */
export type TermIndex = { add(phrases: string[]): number; find(text: WordIndex): FoundSets }

/** One word of phrases that begin alike: the sets whose phrases end with it, and the words that may follow. */
type Node = {
  ends: number[]
  goesOn: boolean
  stem: Map<string, Node>
  form: Map<string, Node>
  prefix: Map<string, Node>
}

/** What a word of a text begins: the sets that hold it as a phrase, and the longer phrases of which it is the first word. */
type Beginning = { ends: number[]; longer: Node[] }

/**
 * Builds a trie of phrases by their words (as Aho and Corasick 1975 for letters; phrases are short, so a walk begins at
 * each word). What a word begins is looked up once for every distinct word, so that the cost of a text hardly grows with
 * the number of rules.
 */
export function termIndex(): TermIndex {
  const root = newNode()
  let sets = 0
  const beginnings = new Map<Lexeme, Beginning>()
  const beginningOf = (lexeme: Lexeme) => {
    const known = beginnings.get(lexeme)
    if (known) return known
    const beginning = beginningFrom(root, lexeme)
    if (beginnings.size >= maxCached) beginnings.clear()
    beginnings.set(lexeme, beginning)
    return beginning
  }
  return {
    add: (phrases) => {
      const set = sets++
      for (const phrase of phrases) insert(root, wordTestsOf(phrase), set)
      beginnings.clear()
      return set
    },
    find: (text) => {
      const found: FoundSets = new Array(sets)
      for (let i = 0; i < text.tokens.length; i++) {
        const token = text.tokens[i]
        if (!token) continue
        const { ends, longer } = beginningOf(token.lexeme)
        if (ends.length > 0) record(ends, { sentence: text.sentences[i] ?? 0, from: i, to: i + 1 }, found)
        for (const node of longer) walk(node, text, i, i + 1, found)
      }
      return found
    },
  }
}

const maxCached = 50_000

const newNode = (): Node => ({ ends: [], goesOn: false, stem: new Map(), form: new Map(), prefix: new Map() })

function insert(root: Node, tests: WordTest[], set: number): void {
  let node = root
  for (const { by, word } of tests) {
    const next = node[by].get(word) ?? newNode()
    node[by].set(word, next)
    node.goesOn = true
    node = next
  }
  if (node !== root && !node.ends.includes(set)) node.ends.push(set)
}

function beginningFrom(root: Node, lexeme: Lexeme): Beginning {
  const nodes = nextNodes(root, lexeme)
  return { ends: [...new Set(nodes.flatMap(({ ends }) => ends))], longer: nodes.filter(({ goesOn }) => goesOn) }
}

/** The nodes that a word reaches. Most words reach none: nothing is made for these. */
function nextNodes({ stem, form, prefix }: Node, lexeme: Lexeme): Node[] {
  const byStem = stem.get(lexeme.stem)
  const byForm = form.size > 0 ? form.get(lexeme.word) : undefined
  if (prefix.size > 0) return [byStem, byForm, ...byPrefix(prefix, lexeme.word)].filter((node) => node !== undefined)
  if (byStem && byForm) return [byStem, byForm]
  const only = byStem ?? byForm
  return only ? [only] : none
}

const none: Node[] = []

const byPrefix = (nodes: Map<string, Node>, word: string): Node[] =>
  [...nodes].flatMap(([prefix, node]) => (word.startsWith(prefix) ? [node] : []))

/** Goes on with phrases at their next word, which stands in the same sentence, and records those that end there. */
function walk(node: Node, text: WordIndex, first: number, at: number, found: FoundSets): void {
  const token = text.tokens[at]
  const sentence = text.sentences[first]
  if (!token || sentence === undefined || text.sentences[at] !== sentence) return
  for (const next of nextNodes(node, token.lexeme)) {
    if (next.ends.length > 0) record(next.ends, { sentence, from: first, to: at + 1 }, found)
    if (next.goesOn) walk(next, text, first, at + 1, found)
  }
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
  const count = statements.reduce((sum, { tokens }) => sum + tokens.length, 0)
  const index = { tokens: new Array<Token>(count), sentences: new Array<number>(count) }
  let at = 0
  for (const [i, { tokens }] of statements.entries()) {
    for (const token of tokens) {
      index.tokens[at] = token
      index.sentences[at++] = i
    }
  }
  return index
}
