import { arabicSpeaker } from './speaker-in-arabic.ts'
import { frenchSpeaker } from './speaker-in-french.ts'
import { slavicSpeaker } from './speaker-in-slavic.ts'

/** The speaker of a sentence in Ukrainian, Russian, Arabic or French; null if none is named for certain. */
export function speakerAbroad(sentence: string): string | null {
  if (/[\u0620-\u064a]{3}/.test(sentence)) return arabicSpeaker(sentence)
  return /[\u0400-\u04ff]{3}/.test(sentence) ? slavicSpeaker(sentence) : frenchSpeaker(sentence)
}
