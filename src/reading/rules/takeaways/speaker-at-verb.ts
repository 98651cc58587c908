import { isProperName, speakerAtStart, speakerIn } from './speaker-name.ts'
import { determiners, headlineNames, isPlural, prepositions, speakerKind, times } from './speaker-words.ts'
import { answersAnother, isBaseForm, saysSomething, type Verb } from './verbs-of-saying.ts'

/**
 * What a verb of saying tells of its speaker: the name; `unknown` if somebody speaks whose name does not stand there,
 * such as `he`; null if the verb says nothing about the statement.
 */
export type Voice = { speaker: string } | 'unknown' | null

/** The speaker at a verb of saying: behind it where it follows the statement, else before it. */
export function voiceAt(verb: Verb, sentence: string, isFirst: boolean): Voice {
  const left = sentence.slice(0, verb.start)
  const inverted = invertedSpeaker(left, sentence.slice(verb.end, verb.end + 160), verb.word)
  if (inverted) return { speaker: inverted }
  const words = withoutAdverbs(left)
  if (noSubject.test(words) || passive.test(words)) return null
  const clause = clauseAtEnd(words)
  const behind = words.length > clause.length + 2
  if (!saysSomething(verb, sentence, behind)) return null
  if (answersAnother(verb, sentence) && !(isFirst && isOpening(words, clause))) return null
  return voiceBefore(verb, words, clause)
}

/** The voice of the words before a verb that says something; `clause` is the last clause of these words. */
function voiceBefore({ word }: Verb, words: string, clause: string): Voice {
  if (/(?:^|\s)(?:he|she|it|they|we|I|you)$/i.test(words)) return 'unknown'
  const isDescribed = described.test(words)
  if (!isDescribed && background.test(clause)) return null
  const speaker = speakerBefore(words)
  if (!speaker) return isStrong.test(word) && !isDescribed ? 'unknown' : null
  return isBaseForm(word) && !isSeveral(speaker) ? null : { speaker }
}

const isStrong = /^(?:said|says|told|warned|claimed|insisted|stated)$/

/** Before a verb: what makes it an infinitive, a negation, a noun or an adjective. */
const noSubject =
  /(?:^|[\s“"«,])(?:not|never|to|will|would|could|can|cannot|may|might|must|should|did|does|do|nor|the|an?|their|its|his|her|this|that|these|any|all|of|by|with|amid|despite|from|in|on|at|and|but|or|who|which|whom|what|for|\p{L}+n['’]t|\p{L}+['’]s)$/iu
const passive = /(?:^|\s)(?:is|are|was|were|be|been|being|gets?|got)$/i

/** Clauses that tell when or why: what is said there is not said of the statement. */
const background =
  /^(?:after|when|before|since|because|if|although|though|until|unless|whether|where|once|how|why|than|which|who|whom|what|whose|whatever|even|days|hours|weeks|months|shortly)\b/i

const adverbs =
  /\s(?:at first|also|have|has|had|first|later|then|further|however|again|now|still|once|already|earlier|today|yesterday|too|even|just|only|(?:continue[ds]?|went on|goes on) to|\p{Ll}{2,14}ly|on \p{Lu}\p{Ll}+(?: (?:\d{1,2}|morning|evening|night|afternoon))?|(?:late|early) on \p{Lu}\p{Ll}+|(?:this|last) (?:week|month|year|night)|in (?:January|February|March|April|May|June|July|August|September|October|November|December)|in an? (?:\p{Ll}+ )?(?:statement|interview|post|address|speech|briefing)),?$/u

/** The words without adverbs and times at their end. */
function withoutAdverbs(left: string): string {
  let words = left.trimEnd().slice(-500)
  for (let i = 0; i < 5; i++) {
    const found = adverbs.exec(words.slice(-60))?.[0]
    if (!found || /^\s(?:reply|family|supply|ally|assembly|italy)/.test(found)) break
    const before = words.slice(0, -found.length)
    if (found.endsWith(',') && !before.endsWith(',')) break
    words = found.endsWith(',') ? before.slice(0, -1) : before
  }
  return words
}

/** The words behind the last mark that ends a clause, without the word that joins them to what stands before. */
function clauseAtEnd(words: string): string {
  const plain = words.includes('(') ? words.replace(/ \((?!\p{Lu}\p{L}{1,9}\))[^()]{1,80}\)(?= )/gu, '') : words
  const clause =
    plain
      .replace(/[,–—]$|(?<!\(\p{Lu}\p{L}{1,9})\)$/u, '')
      .split(clauseMarks)
      .at(-1) ?? ''
  return clause.trim().replace(/^(?:that|while|as|but|and|so|yet|or)\s+/i, '')
}

/** The speaker whose name ends where `left` ends, adverbs aside. */
export function speakerBefore(left: string): string | null {
  const words = withoutAdverbs(left)
  if (described.test(words)) return beforeDescription(words)
  const clause = clauseAtEnd(words)
  return background.test(clause) ? null : subjectOf(clause)
}

/** Marks that end a clause. A short name in brackets belongs to its clause: `the Ministry of Defence (MoD)`. */
const clauseMarks = /(?:[,;:—–“”"«»\][]|\((?!\p{Lu}\p{L}{1,9}\)))\s*/u

/** Whether a description stands between the name and the verb. */
const described = /(?:[,–—]|(?<!\(\p{Lu}[\p{L}]{1,9})\))$/u

/** Whether only words of time or place stand before the clause. */
function isOpening(words: string, clause: string): boolean {
  const before = words.slice(0, Math.max(0, words.length - clause.length)).trim()
  return (
    before.length < 40 && (before === '' || /^(?:On|In|At|Late|Early|Earlier|Meanwhile|However|But)\b/.test(before))
  )
}

/** The subject that a clause ends with: the whole clause, or what stands behind a first word such as `On Monday`. */
function subjectOf(clause: string): string | null {
  const words = clause.split(/\s+/)
  if (!opens.has((words[0] ?? '').toLowerCase())) return speakerIn(clause)
  const determiner = words.findLastIndex(
    (word, i) =>
      i > 0 && determiners.has(word) && !prepositions.has((words[i - 1] ?? '').toLowerCase()) && words[i - 1] !== 'and',
  )
  const start = determiner > 0 ? determiner : nameStart(words)
  return start > 0 ? speakerIn(words.slice(start).join(' ')) : null
}

const opens = new Set([
  ...prepositions,
  'earlier',
  'later',
  'late',
  'early',
  'yesterday',
  'meanwhile',
  'today',
  'last',
  'however',
  'separately',
])

/** The index of the first word of the capital words and offices that a clause ends with; 0 if a preposition is before. */
function nameStart(words: string[]): number {
  let start = words.length
  while (start > 1 && isNamePart(words[start - 1] ?? '')) start--
  const before = (words[start - 1] ?? '').toLowerCase()
  const isObject = prepositions.has(before) || determiners.has(before)
  return start < words.length && !(isObject && start < 2) && !isObject ? start : 0
}

function isNamePart(word: string): boolean {
  return !times.has(word.toLowerCase()) && (/^\p{Lu}/u.test(word) || speakerKind(word) !== undefined)
}

/** The speaker behind a verb that follows a statement: `“...,” said Olena Koval, the mayor`. */
function invertedSpeaker(left: string, after: string, verb: string): string | null {
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

/** The speaker before a description that ends with a comma: `Koval, a leader of the party, said`. */
function beforeDescription(words: string): string | null {
  const plain = words.replace(/\s*[–—]\s*/g, ', ').replace(/\s*\((?!\p{Lu}+\))[^()]{1,80}\)/gu, ',')
  const parts = (plain.split(/[;:“”"«»]/).at(-1) ?? '').replace(/,+\s*$/, '').split(/,+\s+/)
  if (words.endsWith(')') && parts.length === 1) return subjectOf(clauseAtEnd(parts[0] ?? ''))
  return ofParts(parts)
}

/** The name among the parts between commas: a proper name rather than an office, however far before the verb. */
function ofParts(parts: string[]): string | null {
  let office: string | null = null
  for (let i = parts.length - 2; i >= Math.max(0, parts.length - 4); i--) {
    if (!parts.slice(i + 1).every(isDescription)) break
    const [part = '', next = ''] = parts.slice(i)
    const speaker = subjectOf(clauseAtEnd(part))
    const name = speaker ? nameOf(speaker, next) : parts.length === 2 && isUnknownRole(part) && isFullName(next) && next
    if (name) return name
    office ??= speaker
  }
  return office
}

/** The proper name of the two, if one is: a speaker and the words between the commas behind it. */
function nameOf(speaker: string, next: string): string | null {
  const isCommon = /^(?:\P{Lu}|The |An? )/u.test(speaker)
  if (/^(?:an?|one) /i.test(speaker)) return null
  if (isProperName(next) && (isCommon || (isFullName(next) && isOffice(speaker)))) return next
  return isCommon || isOffice(speaker) ? null : speaker
}

function isFullName(words: string): boolean {
  return isProperName(words) && words.includes(' ')
}

function isOffice(speaker: string): boolean {
  return speakerKind(speaker.split(' ').at(-1) ?? '') !== undefined
}

/** A role whose noun is not known, before a name in commas: `The team's kit man, Ivan Sych, said`. */
function isUnknownRole(part: string): boolean {
  const words = part.split(' ')
  return words.length <= 7 && (determiners.has((words[0] ?? '').toLowerCase()) || /['’]s$/.test(words[0] ?? ''))
}

function isDescription(part: string): boolean {
  return (
    /^(?:an?|the|who|which|whose|one|himself|herself|aged?|of|from|in|at|on|now|then|also|but|and|speaking|citing|quoting|referring|writing|\d{1,3}$|\p{L}+['’]s)(?:\s|$)/u.test(
      part,
    ) ||
    /^\d{1,3}$/.test(part) ||
    speakerIn(part) !== null
  )
}

/** Whether a speaker is more than one, or a body whose name may take a plural verb. */
function isSeveral(speaker: string): boolean {
  const core = speaker.split(/ (?:of|for|in|at|on|from|with|near|familiar|close|who) /)[0] ?? ''
  const head = core.split(' ').at(-1) ?? ''
  const isNamePlural = /^\p{Lu}/u.test(head) && (/^\p{Lu}+$/u.test(head) || headlineNames.has(head.toLowerCase()))
  return isPlural(head) || core.includes(' and ') || isNamePlural
}
