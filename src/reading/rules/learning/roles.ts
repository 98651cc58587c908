import type { UnderstoodWord } from './chosen-meanings.ts'
import type { StreamWords } from './stream-words.ts'
import type { Lexicon } from './word-meanings.ts'

/**
 * What a word is to a topic. `sure`: gives the topic alone. `subject` and `linked`: what the topic is about, by its name or
 * by a word next to it in meaning. `doubtful`: the same, but a counter-example uses the word otherwise. `beside` and `faint`
 * count only near one of these.
 */
export type WordRole = 'sure' | 'subject' | 'linked' | 'doubtful' | 'akin' | 'beside' | 'faint'

/** The weights of the signals of a learned rule. A sure word reaches any threshold alone, and no other word does. */
export const weights: Record<WordRole, number> = {
  sure: 0.55,
  subject: 0.35,
  linked: 0.3,
  doubtful: 0.3,
  akin: 0.24,
  beside: 0.2,
  faint: 0.12,
}
/** The thresholds of learned rules, from which the examples choose; the first one is usual. */
export const thresholds = [0.36, 0.4] as const

const minLinkedScore = 1.5
const minBesideScore = 1.5
/** A word that the corpus of the lexicon uses more often is no subject of its own. */
const maxLinkedFrequency = 100

/** What decides the roles of words: the lexicon, the team's stream, and the stems of the topic's name. */
export type RoleTerms = { lexicon: Lexicon; stream: StreamWords; named: string[] }

export function roleOf(word: UnderstoodWord, terms: RoleTerms): WordRole {
  const isClean = word.counterExamples === 0
  if (word.inName) return roleOfNamed(word, isClean, terms)
  if (!isLinked(word, terms)) return word.score > minBesideScore && !isMostlyElsewhere(word) ? 'beside' : 'faint'
  if (!isClean) return isMostlyElsewhere(word) ? 'faint' : 'doubtful'
  if (word.link === 'words') return 'akin'
  return word.examples >= 3 && terms.lexicon.isUnambiguous(word.stem) ? 'sure' : 'linked'
}

/** Beside a rarer word of the name, a frequent one (the plants of nuclear plants) says little alone. */
function roleOfNamed({ stem }: UnderstoodWord, isClean: boolean, { lexicon, named }: RoleTerms): WordRole {
  const isFrequent = lexicon.frequency(stem) > maxLinkedFrequency
  if (isFrequent && named.some((other) => lexicon.frequency(other) <= maxLinkedFrequency)) return 'akin'
  if (!isClean) return 'doubtful'
  return lexicon.isUnambiguous(stem) ? 'sure' : 'subject'
}

const isLinked = ({ link, isName, score, stem }: UnderstoodWord, { lexicon, stream, named }: RoleTerms): boolean =>
  link !== null &&
  !isName &&
  score > minLinkedScore &&
  lexicon.frequency(stem) <= maxLinkedFrequency &&
  !stream.isOfOtherNews(stem, named)

const isMostlyElsewhere = ({ examples, counterExamples }: UnderstoodWord): boolean => examples < counterExamples

/** Whether a role belongs to what the topic is about. */
export const isAnchor = (role: WordRole): boolean => role !== 'beside' && role !== 'faint'
