import { attributionOf } from '../../../reading/rules/takeaways/attribution.ts'

/**
 * Who says the figures of a sentence, by their offsets in it: the speaker of its clause, else of a clause before it, else of the
 * sentence, else `otherwise`. In `the army said that 90 were launched, and the mayor said that ten hit` each figure has its
 * own speaker.
 */
export function speakersIn(words: string, otherwise: string | null): (offset: number) => string | null {
  if (!maySpeak.test(words)) return () => otherwise
  const clauses = clausesOf(words)
  const known = new Map<string, string | null>()
  const speakerOf = (part: string): string | null => {
    const speaker = known.has(part) ? (known.get(part) ?? null) : attributionOf(part)
    known.set(part, speaker)
    return speaker
  }
  return (offset) => {
    const own = clauses.findLastIndex((start) => start <= offset)
    for (let i = own; i >= 0 && clauses.length > 1; i--) {
      const clause = words.slice(clauses[i], clauses[i + 1])
      const speaker = maySpeak.test(clause) ? speakerOf(capitalised(clause)) : null
      if (speaker) return speaker
    }
    const speaker = strict.test(words) ? null : speakerOf(words)
    return speaker ?? (saysOfSomebody.test(words) ? null : otherwise)
  }
}

/** Where the clauses begin that may have a speaker of their own. */
function clausesOf(sentence: string): number[] {
  return [0, ...sentence.matchAll(joints).map(({ 0: joint, index }) => index + joint.length)]
}

const joints = /(?:;|,? (?:while|whereas|but)|, (?:as|and)) /g
/** Where one of these stands between, the speaker of a later clause does not speak of an earlier one. */
const strict = /(?:;|,? (?:while|whereas|but)|, as) /

/** A verb of saying whose speaker is not certain, unless a pronoun stands for who spoke before. */
const saysOfSomebody = /(?<!\b(?:he|she|they|it) )\b(?:said|says?|reported|claimed|stated|told|according)\b/i

/** A clause reads as a sentence. */
function capitalised(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1)
}

const maySpeak =
  /\b(?:said|says?|stat(?:ed|es)|report(?:ed|s)?|claim(?:ed|s)?|according|announced|not(?:ed|es)|told|tells|warn(?:ed|s)|confirm(?:ed|s)|estimate[sd]?|assess(?:ed|es)|add(?:ed|s)|officials|ministry|acknowledged|publi(?:shed|cized))\b/i
