import { sentencesOf } from './sentences.ts'
import { quotationsHidden } from './speakers/quotations.ts'
import { type Voice, voiceAt } from './speakers/speaker-at-verb.ts'
import { headlineSpeaker } from './speakers/speaker-in-headline.ts'
import { speakerAbroad } from './speakers/speaker-in-languages.ts'
import { withoutSentenceCapital } from './speakers/speaker-name.ts'
import { namedSources } from './speakers/speaker-of-source.ts'
import { saying } from './speakers/verbs-of-saying.ts'

/** The most characters of a statement that are read. */
const maxLength = 1_000

/**
 * The speaker of a statement: a name, an office or a body, before or after the verb of saying, after `according to`, or
 * at the colon of a headline. Of several sentences, the first one that names a speaker decides. Null for a report's own
 * statement, for pronouns, and wherever the name is not certain: a wrong speaker is worse than none.
 */
export function attributionOf(statement: string): string | null {
  const text = quotationsHidden(statement.slice(0, maxLength).replace(/\s+/g, ' '))
  const headline = headlineSpeaker(text)
  if (headline) return withoutSentenceCapital(headline)
  for (const { start, end } of sentencesOf(text)) {
    const sentence = text.slice(start, end)
    const speaker = speakerOf(sentence, start === 0) ?? speakerAbroad(sentence)
    if (speaker) return isFirstIn(sentence, speaker) ? withoutSentenceCapital(speaker) : speaker
  }
  return null
}

function isFirstIn(sentence: string, name: string): boolean {
  return /^[\s\uE000“”"«»]*$/.test(sentence.slice(0, Math.max(0, sentence.indexOf(name))))
}

/** The first speaker whom a sentence names. Where somebody speaks who is not named, those whom he names do not count. */
function speakerOf(sentence: string, isFirst: boolean): string | null {
  for (const voice of voicesIn(sentence, isFirst)) {
    if (voice === 'unknown') return null
    if (voice) return voice.speaker
  }
  return null
}

function voicesIn(sentence: string, isFirst: boolean): Voice[] {
  const verbs = sentence.matchAll(saying).map(({ 0: word, index }) => ({
    index,
    voice: voiceAt({ word, start: index, end: index + word.length }, sentence, isFirst),
  }))
  return [...verbs, ...namedSources(sentence)].sort((a, b) => a.index - b.index).map(({ voice }) => voice)
}
