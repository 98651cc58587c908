import { makerBehind, paperIn, paperSeen } from './maker-of-paper.ts'
import { phraseEnd } from './noun-phrase.ts'
import type { Word } from './sentence-words.ts'
import { speakerOf } from './speaker-name.ts'
import { clauseBefore, subjectEnd } from './speaking-clause.ts'
import { isOfPapers } from './verbs-of-saying.ts'

/** The one for whom a paper tells something: `a survey by the university shows`, `the chamber's report lists 40 roads`. */
export function paperVoice(sentence: string, words: Word[], verb: number): string | null {
  if (!isOfPapers(words[verb]?.text ?? '')) return null
  const end = subjectEnd(words, verb)
  const { from } = clauseBefore(words, end)
  const to = phraseEnd(words, from, end)
  const paper = paperIn(words, from, to)
  if (paper < 0 || words[from - 1]?.text === 'that') return null
  if (to === end && paper === end - 1) return speakerOf(sentence, words, { from, to })
  const by = words[paper + 1]?.text
  const seen = paperSeen(sentence, words, from, paper, end)
  if (seen) return seen
  return /^(?:by|of|from)$/.test(by ?? '') || /ed$/.test(by ?? '') ? makerBehind(sentence, words, paper, end) : null
}
