import { frenchSpeaker } from './speaker-in-french.ts'
import { slavicSpeaker } from './speaker-in-slavic.ts'

/** The speaker of a sentence in Ukrainian, Russian or French; null if none is named for certain. */
export function speakerAbroad(sentence: string): string | null {
  return /[\u0400-\u04ff]{3}/.test(sentence) ? slavicSpeaker(sentence) : frenchSpeaker(sentence)
}
