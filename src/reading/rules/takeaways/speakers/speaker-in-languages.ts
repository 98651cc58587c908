import { arabicSpeaker } from './speaker-in-arabic.ts'
import { frenchSpeaker } from './speaker-in-french.ts'
import { slavicSpeaker } from './speaker-in-slavic.ts'
import { spanishSpeaker } from './speaker-in-spanish.ts'

/** The speaker of a sentence in Ukrainian, Russian, Arabic, French or Spanish; null if none is named for certain. */
export function speakerAbroad(sentence: string): string | null {
  if (/[\u0620-\u064a]{3}/.test(sentence)) return arabicSpeaker(sentence)
  if (/[\u0400-\u04ff]{3}/.test(sentence)) return slavicSpeaker(sentence)
  return frenchSpeaker(sentence) ?? spanishSpeaker(sentence)
}
