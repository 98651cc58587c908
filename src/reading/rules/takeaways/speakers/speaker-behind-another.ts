/** The speaker whom somebody else reports: null where a sentence has no such form. `unknown` is one without a name. */
export function speakerBehindAnother(sentence: string): { speaker: string } | 'unknown' | null {
  const [, quoted] = quotedByAnother.exec(sentence) ?? []
  if (quoted !== undefined) return /^\p{Lu}/u.test(quoted) ? { speaker: quoted } : 'unknown'
  const speaker = repeated.exec(sentence)?.[1] ?? portal.exec(sentence)?.[1]
  return speaker === undefined ? null : { speaker }
}

const name = "\\p{Lu}[\\p{L}’'-]*(?: \\p{Lu}[\\p{L}’'-]*){0,3}"

/** `“We will go,” Vera Lind reported that Koval told her`: the words are those of Koval. */
const quotedByAnother = new RegExp(
  `^[“"]\uE000+[”"],? [^,.;:]{2,60}? (?:reported|said|says|wrote|recalled|quoted) that (${name}|he|she|they) (?:had )?(?:said|told)(?!\\p{L})`,
  'u',
)

/** `A blogger amplified a claim from an officer stating that`. */
const repeated =
  /(?<!\p{L})(?:amplified|repeated|relayed|recirculated|echoed) (?:an? |the )?(?:claims?|reports?|statements?|allegations?) (?:from|by|of) (?:an? |the )?([^,.;]{3,60}?) (?:stating|claiming|saying|alleging|that)(?!\p{L})/u

/** `The Vardanian government portal Children of the Valley reported`. */
const portal =
  /^(?:The |An? )?((?:\p{Lu}\p{L}+ )?(?:\p{Ll}+ )?(?:portal|outlet|website|newspaper|broadcaster|channel|platform|magazine|monitor) (?:\p{Lu}\p{L}+)(?: (?:(?:of|and|for) (?:the )?)?\p{Lu}\p{L}+){0,4}) (?:also )?(?:reported|reports|stated|said|noted|claimed|announced)(?!\p{L})/u
