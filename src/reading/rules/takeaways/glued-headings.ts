import type { Span } from '../passages/page.ts'
import { tokensOf } from '../tokens.ts'
import { hasVerb } from './verbs.ts'

/**
 * The sentences of a passage without the headings of a live page that stand before them and end with no full stop: `Council of
 * Dara resigns Council of Dara resigned on Monday` begins twice in the same way, and says again what the heading says.
 */
export function withoutGluedHeadings(text: string, sentences: Span[]): Span[] {
  return sentences.map((sentence) => ({
    ...sentence,
    start:
      sentence.start + headingLength(text.slice(sentence.start, Math.min(sentence.end, sentence.start + maxLength))),
  }))
}

/** So much of a sentence is looked at, in characters. */
const maxLength = 400
/** A heading has at least so many characters. */
const minLength = 12

/** The length of the heading that a sentence begins with, else 0. */
function headingLength(sentence: string): number {
  const [, first = '', second = ''] = beginning.exec(sentence) ?? []
  if (second === '') return 0
  const again = ` ${first} `
  for (let at = sentence.indexOf(again, minLength); at >= 0; at = sentence.indexOf(again, at + 1)) {
    if (sentence.length - at < at * minGrowth) return 0
    const [heading, rest] = [sentence.slice(0, at), sentence.slice(at + 1)]
    const next = /^[\p{L}’'-]+/u.exec(rest.slice(first.length + 1))?.[0] ?? ''
    if (beginsAgain(second, next) && !goesOn.test(heading.slice(-maxWord)) && tellsAgain(heading, rest)) return at + 1
  }
  return 0
}

/** Whether a second word is told again, in whatever form, or a verb stands in its place. */
const beginsAgain = (second: string, next: string): boolean =>
  auxiliary.test(next) || stemsIn(second).isSubsetOf(stemsIn(next))

const auxiliary = /^(?:has|have|had|is|are|was|were|will)$/

/** Whether a sentence says again what a heading says. */
function tellsAgain(heading: string, rest: string): boolean {
  return hasVerb(rest) && stemsIn(heading).intersection(stemsIn(rest)).size >= minRepeated
}

const stemsIn = (text: string): Set<string> =>
  new Set(tokensOf(text).flatMap(({ lexeme }) => (lexeme.common ? [] : [lexeme.stem])))

/** What goes on says more than its heading. */
const minGrowth = 1.2
/** The last word of a heading is among so many characters. */
const maxWord = 20
const minRepeated = 3

const beginning = /^(\p{Lu}[\p{L}’'-]*) ([\p{L}’'-]+) /u
/** A mark, or a word that needs the one behind it. */
const goesOn =
  /[^\p{L}\p{N}’”)]$|(?<!\p{L})(?:and|or|but|of|by|from|in|on|at|to|for|with|as|that|which|who|when|where|while|after|before|because|if|than|between|against|near|over|the|an?|says?|said|claims?|claimed|reports?|reported|how|why|what|whether|until|since|once|\p{Ll}+ing)$/u
