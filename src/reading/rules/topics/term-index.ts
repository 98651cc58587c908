import type { Language } from '../languages/language.ts'
import { lexemeIn } from '../languages/word-forms.ts'
import type { Statement } from '../takeaways/statement.ts'
import { type Lexeme, lexemePlaces, type Token } from '../tokens.ts'
import type { FoundSets, Match } from './match.ts'
import { WordTests, wordTestsOf } from './word-tests.ts'

/**
 * An index of sets of phrases, those of all rules, which finds them together in one walk over a text. `add` gives the
 * number of a set, and `find` the matches of each set in the order of the text.
 */
export type TermIndex = { add(phrases: string[]): number; find(text: WordIndex): FoundSets }

/**
 * One word of phrases that begin alike: the sets whose phrases end with it, and the words that may follow, by their tests.
 * `marks` has a bit for each of these tests; some share one.
 */
type Node = { ends: number[]; next: Map<number, Node>; marks: number }

/**
 * What a lexeme is to the phrases: the sets that hold it as a phrase, the longer phrases of which it is the first
 * word, the tests that it passes as a later word, and the bits of these.
 */
type Role = { lexeme: Lexeme; ends: number[]; longer: Node[]; tests: number[]; marks: number }

/** The roles of the words of a text, in their order; most words have none. */
type Roles = (Role | undefined)[]

/**
 * Builds a trie of phrases by their words (as Aho and Corasick 1975 for letters; phrases are short, so a walk begins at
 * each word). The role of a word is looked up once for every distinct word, so that the cost of a text hardly grows with
 * the number of rules.
 */
export function termIndex(language: Language): TermIndex {
  const root = newNode()
  const tests = new WordTests()
  const laterTests = new Set<number>()
  let sets = 0
  // By the places of lexemes, as a `Map` of objects is slow: a role is known as long as its lexeme is in the cache.
  let roles: (Role | Lexeme | undefined)[] = []
  const roleOf = (lexeme: Lexeme): Role | undefined => {
    const known = lexeme.place < 0 ? undefined : roles[lexeme.place]
    // A word without a role stands for itself.
    if (known === lexeme) return undefined
    if (known && 'lexeme' in known && known.lexeme === lexeme) return known
    const passed = tests.passedBy(lexeme)
    const later = passed.filter((test) => laterTests.has(test))
    const role = roleFrom(lexeme, root, passed, later)
    // A word that is too long for the cache may hold on to the text of its report.
    if (lexeme.place >= 0) roles[lexeme.place] = role ?? lexeme
    return role
  }
  return {
    add: (phrases) => {
      const set = sets++
      for (const phrase of phrases) {
        const numbers = wordTestsOf(phrase, language).map((test) => tests.numberOf(test))
        for (const later of numbers.slice(1)) laterTests.add(later)
        insert(root, numbers, set)
      }
      roles = []
      return set
    },
    find: ({ tokens, sentences }) => {
      if (roles.length === 0) roles = new Array<Role | Lexeme | undefined>(lexemePlaces).fill(undefined)
      const words = tokens.map(({ lexeme }) => roleOf(lexeme))
      return matchesIn(words, sentences, new Array(sets))
    },
  }
}

const newNode = (): Node => ({ ends: [], next: new Map(), marks: 0 })

function insert(root: Node, tests: number[], set: number): void {
  let node = root
  for (const test of tests) {
    const next = node.next.get(test) ?? newNode()
    node.next.set(test, next)
    node.marks |= markOf(test)
    node = next
  }
  if (node !== root && !node.ends.includes(set)) node.ends.push(set)
}

const markOf = (test: number): number => 1 << (test & 31)

function roleFrom(lexeme: Lexeme, root: Node, passed: number[], later: number[]): Role | undefined {
  const nodes = passed.flatMap((test) => root.next.get(test) ?? [])
  if (nodes.length === 0 && later.length === 0) return undefined
  return {
    lexeme,
    ends: [...new Set(nodes.flatMap(({ ends }) => ends))],
    longer: nodes.filter(({ marks }) => marks !== 0),
    tests: later,
    marks: later.reduce((marks, test) => marks | markOf(test), 0),
  }
}

/** Follows the phrases that begin at each word of a text, and records those that end. */
function matchesIn(words: Roles, sentences: number[], found: FoundSets): FoundSets {
  for (let from = 0; from < words.length; from++) {
    const role = words[from]
    if (!role) continue
    const { ends, longer } = role
    if (ends.length > 0) record(ends, { sentence: sentences[from] ?? 0, from, to: from + 1 }, found)
    for (const node of longer) walk(node, words, sentences, from, from + 1, found)
  }
  return found
}

/** Goes on with phrases at their next word, which stands in the same sentence, and records those that end there. */
function walk(node: Node, words: Roles, sentences: number[], from: number, at: number, found: FoundSets): void {
  const role = words[at]
  const sentence = sentences[from]
  if (!role || (node.marks & role.marks) === 0 || sentence === undefined || sentences[at] !== sentence) return
  for (const test of role.tests) {
    const next = node.next.get(test)
    if (!next) continue
    if (next.ends.length > 0) record(next.ends, { sentence, from, to: at + 1 }, found)
    if (next.marks !== 0) walk(next, words, sentences, from, at + 1, found)
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

/** All words of a text in order, in the forms of its language, and for each word the number of its sentence. */
export type WordIndex = { tokens: Token[]; sentences: number[] }

export function wordIndexOf(statements: Pick<Statement, 'tokens'>[], language: Language): WordIndex {
  const count = statements.reduce((sum, { tokens }) => sum + tokens.length, 0)
  const index = { tokens: new Array<Token>(count), sentences: new Array<number>(count) }
  let at = 0
  for (const [i, { tokens }] of statements.entries()) {
    for (const token of tokens) {
      index.tokens[at] = language === 'en' ? token : { ...token, lexeme: lexemeIn(language, token.lexeme) }
      index.sentences[at++] = i
    }
  }
  return index
}
