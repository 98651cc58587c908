import { isProperName, speakerAtStart } from './speaker-name.ts'

/** The speaker behind a verb that follows a statement: `“...,” said Olena Koval, the mayor`. */
export function invertedSpeaker(left: string, after: string, verb: string): string | null {
  if (!/[,”"»’?!…–—]\s*$/.test(left) || !invertible.test(verb)) return null
  const phrase = /^\s+([^,;:!?“”"«»–—()]{2,120})([,;:!?“”"«»–—()]|$)/.exec(after)
  if (!phrase?.[1]) return null
  const speaker = speakerAtStart(phrase[1])
  if (!speaker || !endsThere(phrase[1], speaker)) return null
  const name = phrase[2] === ',' ? /^\s*([^,;:.]{3,60})(?:[,.]|$)/.exec(after.slice(phrase[0].length))?.[1] : undefined
  return name && /^\P{Lu}/u.test(speaker) && isProperName(name) ? name : speaker
}

const invertible =
  /^(?:said|says|stated|reported|reports|claimed|claims|announced|noted|notes|warned|warns|confirmed|confirms|added|adds|argued|argues|explained|explains|insisted|insists|wrote|writes|tweeted|recalled|complained|admitted|declared|stressed|suggested|acknowledged)$/

/** Whether nothing that belongs to a statement follows the speaker. */
function endsThere(phrase: string, speaker: string): boolean {
  const rest = phrase.slice(phrase.indexOf(speaker) + speaker.length)
  return /^(?:\.?\s*$|\s+(?:on|in|at|who|during|after|via|to|as|late|early|from|by|this|last|yesterday|told|when|while|\p{Ll}+ly|\p{Lu}\p{Ll}{2,5}day)\b)/u.test(
    rest,
  )
}
