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

/** Whether the authors of a report go on behind the words of a speaker in his sentence. */
export function goesOnByItself(text: string, speaker: string): boolean {
  const at = text.toLowerCase().indexOf(speaker.toLowerCase())
  return at >= 0 && judgesBehind.some((words) => words.test(text.slice(at + speaker.length)))
}

/**
 * What the authors say behind the words of a speaker: `, though forces have shelled the road`, `in a likely effort to`, or a clause of its own
 * behind what he claims, `, and Ukrainian forces targeted`.
 */
const judgesBehind = [
  /, (?:though|although) (?!(?:he|she|they|it|the same|his|her|their|not|only)(?!\p{L}))/u,
  /, but (?:strangely|oddly|falsely|notably|provided no|gave no|offered no)(?!\p{L})/u,
  /\bin (?:an? )?(?:likely|possible|probable|apparent) (?:attempt|effort|bid|move)s?\b/,
  /, (?:likely|possibly|probably|apparently) (?:as|in|to|due|because|for|an?|intended|aimed|designed|part|referring|reflecting|indicating|seeking)\b/,
  /^ (?:claimed|stated|reported|said) (?:that )?[^.;]{10,200}, and (?:\p{Lu}\p{L}+ )(?:forces|troops|authorities|officials) (?:\p{Ll}+ed|have|has)(?!\p{L})/u,
]

/** A forecast or a guess that no he or she makes. */
const judges = (sentence: string): boolean =>
  judgement.test(sentence) && !/^(?:["“«\uE000]|(?:he|she|they|it) )/i.test(sentence)
const judgement =
  /\b(?:likely|unlikely|probably|almost certainly|ISW)\b(?! (?:said|told))|\b(?:remains?|remained) (?:largely )?(?:stalled|unclear|unable)\b/
