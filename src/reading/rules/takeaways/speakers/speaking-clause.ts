import { speakerIn } from './speaker-name.ts'
import { determiners, prepositions, speakerKind, times } from './speaker-words.ts'

/** The subject that a clause ends with: the whole clause, or what stands behind a first word such as `On Monday`. */
export function subjectOf(clause: string): string | null {
  const maker = published.exec(clause)?.[1]
  if (maker) return speakerIn(maker)
  const words = clause.split(/\s+/)
  if (!opens.has((words[0] ?? '').toLowerCase())) return speakerIn(clause)
  const determiner = words.findLastIndex(
    (word, i) =>
      i > 0 && determiners.has(word) && !prepositions.has((words[i - 1] ?? '').toLowerCase()) && words[i - 1] !== 'and',
  )
  const start = determiner > 0 ? determiner : nameStart(words)
  return start > 0 ? speakerIn(words.slice(start).join(' ')) : null
}

/** A paper with the one who published it. */
const published =
  /^(?:[Tt]he|[Aa]n?) (?:[\p{L}-]{2,20} ){0,2}(?:report|study|statement|survey|letter|assessment|bulletin|analysis) (?:published|released|issued) (?:[\p{L}\d ]{1,30} )?by (.{2,80})$/u

export const opens = new Set([
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

/** Clauses that tell when or why: what is said there is not said of the statement. */
export const background =
  /^(?!WHO\b)(?:after|when|before|since|because|if|although|though|until|unless|whether|where|once|how|why|than|which|who|whom|what|whose|whatever|even|days|hours|weeks|months|shortly)\b/i

const adverbs =
  /\s(?:at first|also|have|has|had|first|later|then|further|however|again|now|still|once|already|earlier|today|yesterday|too|even|just|only|each|both|(?:continue[ds]?|went on|goes on) to|\p{Ll}{2,14}ly|on \p{Lu}\p{Ll}+(?: (?:\d{1,2}|morning|evening|night|afternoon))?|(?:late|early) on \p{Lu}\p{Ll}+|(?:this|last) (?:week|month|year|night)|in (?:January|February|March|April|May|June|July|August|September|October|November|December)|in an? (?:\p{Ll}+ )?(?:statement|interview|post|address|speech|briefing)),?$/u

/** The words without adverbs and times at their end. */
export function withoutAdverbs(left: string): string {
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
export function clauseAtEnd(words: string): string {
  const plain = words.includes('(') ? words.replace(/ \((?!\p{Lu}\p{L}{1,9}\))[^()]{1,80}\)(?= )/gu, '') : words
  const clause =
    plain
      .replace(/[,–—]$|(?<!\(\p{Lu}\p{L}{1,9})\)$/u, '')
      .split(clauseMarks)
      .at(-1) ?? ''
  return clause.trim().replace(/^(?:that|while|as|but|and|so|yet|or)\s+/i, '')
}

/** Marks that end a clause. A short name in brackets belongs to its clause: `the Ministry of Defence (MoD)`. */
const clauseMarks = /(?:[,;:—–“”"«»\][]|\((?!\p{Lu}\p{L}{1,9}\)))\s*/u

/** Whether a description stands between the name and the verb. */
export const described = /(?:[,–—]|(?<!\(\p{Lu}[\p{L}]{1,9})\))$/u
