import { hasVerb } from './verbs.ts'

/**
 * Whether a sentence is the rundown of a programme: main clauses of different subjects, joined by nothing but commas
 * (`Lawyers meet in Dara, Farmers seek rain again, Lorn sells its last mill`).
 */
export function isRundown(sentence: string): boolean {
  // Few sentences end in a clause of its own, and to look for its verb costs most.
  if (!mayEnd.test(sentence.slice(sentence.lastIndexOf(', ') + 2))) return false
  if (!mayBeRundown.test(sentence) || saying.test(sentence)) return false
  const [first = '', ...others] = sentence.split(/, (?!\d)/)
  const clauses = others.filter(isClause)
  return clauses.length >= minOthers && isClause(others.at(-1) ?? '') && !opening.test(first)
}

/** So many clauses stand behind the first one. */
const minOthers = 2
/** A clause begins with a capital and has so many words. */
const mayEnd = /^\p{Lu}[^ ]* (?:[^ ]+ ){2}/u
const mayBeRundown = /^(?:[^ ,]+ ){3}[^,]*, .+, \p{Lu}/u
/** A time, a place or a clause before the main clause. */
const opening =
  /^(?:In|On|At|By|After|Before|Since|While|As|When|During|For|With|Following|Despite|Amid|If|Although|Though|Because|Once|Until|Under|From|Of|Among|Like|Unlike)\s/
/** What somebody says may stand between commas. */
const saying = /["“”«»]|\b(?:says?|said|told|tells|according|adding|added|wrote)\b/

/** Whether a part of a sentence begins with a subject of its own and has a verb. */
const isClause = (part: string): boolean => subject.test(part) && part.split(' ').length >= minWords && hasVerb(part)
const minWords = 4
const subject = /^(?!(?:And|But|Or|Which|Who|As|While|After|Before|When)(?!\p{L}))\p{Lu}/u
