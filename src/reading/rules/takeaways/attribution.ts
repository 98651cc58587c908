import { goesOnByItself, holdsOwnJudgement } from './own-judgement.ts'
import { sentencesOf } from './sentences.ts'
import { quotationsHidden, withMarks } from './speakers/quotations.ts'
import { type Word, wordsOf } from './speakers/sentence-words.ts'
import { type Voice, voiceAt } from './speakers/speaker-at-verb.ts'
import { speakerBehindAnother } from './speakers/speaker-behind-another.ts'
import { speakerByContext } from './speakers/speaker-by-context.ts'
import { headlineSpeaker } from './speakers/speaker-in-headline.ts'
import { speakerAbroad } from './speakers/speaker-in-languages.ts'
import { withoutSentenceCapital } from './speakers/speaker-name.ts'
import { sourceNamedAt } from './speakers/speaker-of-source.ts'
import { mayBeSaying } from './speakers/verbs-of-saying.ts'
import { hasVerb } from './verbs.ts'

/** The most characters of a statement that are read. */
const maxLength = 1_000

/**
 * The speaker of a statement: a name, an office or a body, before or after the verb of saying, after `according to`, or
 * at the colon of a headline. Of several sentences, the first one that names a speaker decides. Null for a report's own
 * statement, for one that also judges by itself, for pronouns, and wherever the name is not certain: a wrong speaker is worse
 * than none.
 */
export function attributionOf(statement: string): string | null {
  const whole = withPlainSpaces(statement.slice(0, maxLength))
  const speaker = speakerIn(quotationsHidden(whole))
  return speaker && withMarks(speaker, whole)
}

/**
 * The speaker whose words a whole claim gives; null where its authors go on by themselves behind his words, or where a later
 * sentence of it gives the words of another one.
 */
export function speakerOfClaim(claim: string): string | null {
  const text = withPlainSpaces(claim.slice(0, maxLength))
  const speaker = attributionOf(text)
  if (speaker === null) return null
  const shown = quotationsHidden(text)
  if (goesOnByItself(shown, speaker) || citesForOtherFact(shown, speaker)) return null
  const [, ...later] = sentencesOf(shown).map(({ start, end }) => shown.slice(start, end))
  return later.some((sentence) => isOther(attributionOf(sentence), speaker)) ? null : speaker
}

/**
 * Whether a sentence tells one fact by its speaker and another by a source at its end: `The council said that the dam held, as water
 * took a bridge, according to the police`.
 */
function citesForOtherFact(text: string, speaker: string): boolean {
  const at = text.lastIndexOf(citation)
  if (at < 0) return false
  const names = (part: string) => part.toLowerCase().includes(speaker.toLowerCase())
  const parts = text.slice(text.lastIndexOf('. ', at) + 1, at).split(/,? (?:as|while|whereas) |, (?:and|but) /)
  const spoken = parts.findIndex((part) => names(part) && saying.test(part))
  const hasOther = spoken >= 0 && spoken < parts.length - 1 && hasVerb(parts.at(-1) ?? '')
  return hasOther && !names(text.slice(at))
}

const citation = ', according to '
const saying = /(?<!\p{L})(?:said|says|claimed|claims|reported|reports|stated|announced) /u

/** Whether one of two speakers has a name of which the other has no word. */
function isOther(one: string | null, speaker: string): boolean {
  const words = one?.match(/\p{Lu}[\p{L}’'-]+/gu) ?? []
  return words.length > 0 && !words.some((word) => speaker.includes(word))
}

/** Text without invisible characters and with single spaces. Most statements are so already. */
function withPlainSpaces(text: string): string {
  if (!/[^\S ]| {2}|[\u200B-\u200F\u2060\uFEFF]/.test(text)) return text
  return text.replace(/[\u200B-\u200F\u2060\uFEFF]/g, '').replace(/\s+/g, ' ')
}

/** The speaker whom a text names; its quotations are hidden. */
function speakerIn(text: string): string | null {
  const headline = headlineSpeaker(text)
  if (headline) return withoutSentenceCapital(headline)
  const sentences = sentencesOf(text)
  for (const { start, end } of sentences) {
    const sentence = text.slice(start, end)
    const speaker = speakerOf(sentence, start === 0) ?? speakerAbroad(sentence)
    const isCapital = speaker && (isFirstIn(sentence, speaker) || /^(?:The|An?) \p{Ll}/u.test(speaker))
    if (!speaker) continue
    if (holdsOwnJudgement(text, sentences, { start, end }, speaker)) return null
    return isCapital ? withoutSentenceCapital(speaker) : speaker
  }
  return null
}

function isFirstIn(sentence: string, name: string): boolean {
  return /^[\s\uE000“”"«»]*$/.test(sentence.slice(0, Math.max(0, sentence.indexOf(name))))
}

/** The first speaker whom a sentence names. Where somebody speaks who is not named, those whom he names do not count. */
function speakerOf(sentence: string, isFirst: boolean): string | null {
  const words = wordsOf(sentence)
  const voice = speakerBehindAnother(sentence) ?? firstVoice(sentence, words, isFirst)
  if (voice === 'unknown') return null
  return voice ? voice.speaker : speakerByContext(sentence, words)
}

/** The first voice of a sentence. One that thinks, or is only cited, counts where nobody else speaks. */
function firstVoice(sentence: string, words: Word[], isFirst: boolean): Voice {
  let weak: Voice = null
  for (let at = 0; at < words.length; at++) {
    const { isMark, lower } = words[at] as Word
    if (isMark) continue
    const voice =
      (mayBeSaying(lower) ? voiceAt(sentence, words, at, isFirst) : null) ?? sourceNamedAt(sentence, words, at)
    if (voice && !isWeak.test(lower)) return voice
    weak ??= voice
  }
  return weak
}

/** Words of thinking, counting and citing. */
const isWeak = /^(?:fears?|expects?|hopes?|thinks?|believes?|sees|counts|doubts?|finds|citing|quoting)$/
