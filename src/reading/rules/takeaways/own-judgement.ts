import type { Span } from '../passages/page.ts'

/**
 * Whether a statement also holds a judgement of the report's authors, so that no speaker stands for the whole of it: they judge
 * in a sentence behind the speaker's, in a clause before it (`Troops likely withdrew, and sources claimed`), or judge what the
 * speaker thinks (`The army clearly assesses`).
 */
export function holdsOwnJudgement(text: string, sentences: Span[], speaking: Span, speaker: string): boolean {
  const [spoken, ...behind] = sentences.filter(({ start }) => start >= speaking.start)
  if (!spoken) return false
  const sentence = text.slice(spoken.start, spoken.end)
  const at = sentence.indexOf(speaker)
  const [before, after] = [sentence.slice(0, Math.max(0, at)), sentence.slice(at + speaker.length)]
  return (
    judgesBefore.test(before) ||
    judgesThought.test(after) ||
    behind.some((one) => judges(text.slice(one.start, one.end)))
  )
}

const judgesBefore = /\b(?:likely|probably|apparently)\b.*(?:, and|; and|;) (?:the )?$/i
const judgesThought =
  /^ (?:clearly|likely|probably|evidently|apparently|presumably) (?:assess|believe|think|thought|fear|expect|view|see|hope|judge|consider|calculat)/i

/** A forecast or a guess that no he or she makes. */
const judges = (sentence: string): boolean =>
  judgement.test(sentence) && !/^(?:["“«\uE000]|(?:he|she|they|it) )/i.test(sentence)
const judgement =
  /\b(?:likely|unlikely|probably|almost certainly|ISW)\b(?! (?:said|told))|\b(?:remains?|remained) (?:largely )?(?:stalled|unclear|unable)\b/
