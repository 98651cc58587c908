import type { Voice } from './speaker-at-verb.ts'
import { speakerBefore } from './speaker-before.ts'
import { speakerAtStart, speakerIn } from './speaker-name.ts'

/** The sources of a sentence that are named without a verb of their own, each with its place in the sentence. */
export function namedSources(sentence: string): { index: number; voice: Voice }[] {
  if (!mayName.test(sentence)) return []
  const voices = [
    ...sentence.matchAll(according).map((found) => ({ found, speaker: sourceAt(behind(sentence, found)) })),
    ...sentence.matchAll(agent).map((found) => ({ found, speaker: speakerAtStart(behind(sentence, found)) })),
    ...sentence.matchAll(quotedAs).map((found) => ({ found, speaker: speakerIn(found[1] ?? '') })),
    ...sentence.matchAll(wasQuoted).map((found) => ({ found, speaker: speakerBefore(sentence.slice(0, found.index)) })),
  ]
  return voices.flatMap(({ found, speaker }) => (speaker ? [{ index: found.index, voice: { speaker } }] : []))
}

/** Words without which no sentence names a source this way: most sentences have none. */
const mayName = /ccording to | by | as (?:saying|telling)/
const according = /\b[Aa]ccording to /g
/** A passive with the one who says it: `was confirmed by the mayor`. */
const agent =
  /\b(?:was|were|been|is|are|as) (?:also |later |first )?(?:reported|confirmed|announced|claimed|stated|acknowledged|noted|verified|denied) (?:on \p{Lu}\p{Ll}{2,9} )?by /gu
const quotedAs = /\b(?:quoted|quotes|quoting|cited|cites|citing) ([^,.;:“”"]{2,90}) as (?:saying|telling)\b/g
const wasQuoted =
  /\b(?:was|were|is|are|(?:has|have) been) (?:also |later )?(?:quoted|cited)(?: (?:by|in) [^,;:“”"]{2,60}?)? as (?:saying|telling)\b/g

function behind(sentence: string, found: RegExpExecArray): string {
  const from = found.index + found[0].length
  return sentence.slice(from, from + 160)
}

/** The speaker after `according to`. Figures and reports speak for the one who made them. */
function sourceAt(text: string): string | null {
  const phrase = /^[^,;:!?“”"«»—–()[\]]{1,140}/.exec(text)?.[0] ?? ''
  const paper = papers.exec(phrase)
  if (!paper) return speakerAtStart(text)
  const before = phrase
    .slice(0, paper.index)
    .replace(/['’]s?(?: \p{Ll}[\p{Ll}-]{1,20}){0,3} ?$/u, '')
    .trim()
  const maker = /^(?: \p{Ll}{4,12}){0,2} (?:by|from|of) (.+)/u.exec(phrase.slice(paper.index + paper[0].length))?.[1]
  return (
    (maker ? speakerAtStart(maker) : null) ?? (/^(?:his|her|their|its|this)\b/i.test(before) ? null : speakerIn(before))
  )
}

const papers =
  /\b(?:data|figures?|estimates?|reports?|reporting|statements?|updates?|assessments?|bulletins?|records?|surveys?|stud(?:y|ies)|polls?|tall(?:y|ies)|counts?|information|documents?|accounts?|sources familiar)\b/
