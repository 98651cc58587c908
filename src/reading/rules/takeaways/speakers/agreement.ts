import { isPluralNoun } from '../../../../platform/text/with-article.ts'
import type { Word } from './sentence-words.ts'
import { headlineNames } from './speaker-nouns.ts'
import type { VerbUse } from './verbs-of-saying.ts'

/** Whether verb and speaker agree in number: `officials say`, `the mayor says`. Forms of the past always do. */
export function agrees({ lower }: Word, { isBase }: VerbUse, speaker: string): boolean {
  if (isBase) return isSeveral(speaker)
  const head = headOf(speaker)
  return !(lower.endsWith('s') && /^\p{Ll}/u.test(head) && /[^s]s$/.test(head))
}

function headOf(speaker: string): string {
  const core = speaker.split(/ (?:of|for|in|at|on|from|with|near|familiar|close|who) /)[0] ?? ''
  return core.split(' ').at(-1) ?? ''
}

/** Whether a speaker is more than one, or a body whose name may take a plural verb. */
function isSeveral(speaker: string): boolean {
  const head = headOf(speaker)
  const isNamePlural = /^\p{Lu}/u.test(head) && (/^\p{Lu}+$/u.test(head) || headlineNames.has(head.toLowerCase()))
  return (
    isPluralNoun(head) ||
    /^military$/i.test(head) ||
    (/ and /.test(speaker) && /^\p{Lu}|s$/u.test(head)) ||
    isNamePlural
  )
}
