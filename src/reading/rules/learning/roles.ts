import type { UnderstoodWord } from './chosen-meanings.ts'
import type { Lexicon } from './lexicon.ts'

/**
 * What a word is to a topic. `sure`: gives the topic alone. `subject` and `linked`: what the topic is about, by its name or
 * by a word next to it in meaning. `doubtful`: the same, but a counter-example uses the word otherwise. `beside` and `faint`
 * count only near one of these.
 */
export type Role = 'sure' | 'subject' | 'linked' | 'doubtful' | 'beside' | 'faint'

/** The weights of the signals of a learned rule; its threshold is `threshold`. A sure word reaches it alone, no other does. */
export const weights: Record<Role, number> = {
  sure: 0.55,
  subject: 0.35,
  linked: 0.3,
  doubtful: 0.3,
  beside: 0.2,
  faint: 0.12,
}
export const threshold = 0.36

const minLinkedScore = 1.5
const minBesideScore = 1.5
/** A word that the corpus of the lexicon uses more often is no subject of its own. */
const maxLinkedFrequency = 100

export function roleOf(word: UnderstoodWord, lexicon: Lexicon): Role {
  const isClean = word.counterExamples === 0
  const isSubject = word.inName || isLinked(word, lexicon)
  if (isSubject && isClean && lexicon.isUnambiguous(word.stem) && (word.inName || word.examples >= 3)) return 'sure'
  if (word.inName) return isClean ? 'subject' : 'doubtful'
  if (isSubject && isClean) return 'linked'
  if (isSubject && word.examples > word.counterExamples) return 'doubtful'
  return word.score > minBesideScore && word.examples >= word.counterExamples ? 'beside' : 'faint'
}

const isLinked = ({ link, isName, score, stem }: UnderstoodWord, lexicon: Lexicon): boolean =>
  link && !isName && score > minLinkedScore && lexicon.frequency(stem) <= maxLinkedFrequency

/** Whether a role belongs to what the topic is about. */
export const isAnchor = (role: Role): boolean => role !== 'beside' && role !== 'faint'
