import { isProperName, speakerIn } from './speaker-name.ts'
import { determiners, speakerKind, times } from './speaker-words.ts'
import { background, clauseAtEnd, described, opens, subjectOf, withoutAdverbs } from './speaking-clause.ts'

/** The speaker whose name ends where `left` ends, adverbs aside. */
export function speakerBefore(left: string): string | null {
  const words = withoutAdverbs(left)
  if (described.test(words)) return beforeDescription(words)
  const clause = clauseAtEnd(words)
  if (background.test(clause)) return null
  const speaker = subjectOf(clause)
  return speaker && namesBefore(words, clause) + speaker
}

/** The first names of a list such as `France, Germany and Poland`, whose last two names are the clause. */
function namesBefore(words: string, clause: string): string {
  if (!/^\p{Lu}[\p{L}’'-]* and (?:the )?\p{Lu}/u.test(clause)) return ''
  const list =
    /(?:^|[.;:”"] )((?:\p{Lu}[\p{L}’'-]{1,30}(?: \p{Lu}[\p{L}’'-]{1,30}){0,3}, ){1,4})$/u.exec(
      words.slice(0, -clause.length),
    )?.[1] ?? ''
  return list.split(/[, ]+/).some((word) => times.has(word.toLowerCase()) || opens.has(word.toLowerCase())) ? '' : list
}

/** The speaker before a description that ends with a comma: `Koval, a leader of the party, said`. */
function beforeDescription(words: string): string | null {
  const plain = words.replace(/ ?[–—] ?/g, ', ').replace(/ ?\((?!\p{Lu}{1,9}\))[^()]{1,80}\)/gu, ',')
  const parts = (plain.split(/[;:“”"«»]/).at(-1) ?? '').replace(/,{1,3} ?$/, '').split(/,{1,3} /)
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
  if (/^(?:an?|one) /i.test(speaker)) return isFullName(next) && next.split(' ').length === 2 ? next : null
  if (isProperName(next) && (isCommon || (isFullName(next) && isOffice(speaker)))) return next
  return isCommon || isOffice(speaker) ? null : speaker
}

function isFullName(words: string): boolean {
  return isProperName(words) && words.includes(' ')
}

function isOffice(speaker: string): boolean {
  const core = speaker.split(/ (?:of|for|in|at|to|on) /)[0] ?? ''
  return [core, speaker].some((words) => speakerKind(words.split(' ').at(-1) ?? '') !== undefined)
}

/** A role whose noun is not known, before a name in commas: `The team's kit man, Ivan Sych, said`. */
function isUnknownRole(part: string): boolean {
  const words = part.split(' ')
  return words.length <= 7 && (determiners.has((words[0] ?? '').toLowerCase()) || /['’]s$/.test(words[0] ?? ''))
}

function isDescription(part: string): boolean {
  return (
    /^(?:an?|the|who|which|whose|one|himself|herself|aged?|of|from|in|at|on|now|then|also|but|and|speaking|known|named|led|backed|based|formerly|once|citing|quoting|referring|writing|\d{1,3}$|\p{L}+['’]s)(?:\s|$)/u.test(
      part,
    ) ||
    /^\d{1,3}$/.test(part) ||
    speakerIn(part) !== null
  )
}
