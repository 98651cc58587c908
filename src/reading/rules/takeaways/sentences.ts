import type { Span } from '../passages/page.ts'

/**
 * The sentences of one passage, as spans of the text it was given in, trimmed, in order and without gaps but white space.
 * Abbreviations, initials, decimal figures and dots inside quotations that run on do not end one.
 */
export function sentencesOf(text: string, from = 0, to = text.length): Span[] {
  const spans: Span[] = []
  const passage = text.slice(from, to)
  let start = afterBlanks(passage, 0)
  for (const stop of passage.matchAll(stops)) {
    const end = stop.index + stop[0].length
    if (!endsSentence(passage, stop.index, end)) continue
    spans.push({ start: from + start, end: from + end })
    start = afterBlanks(passage, end)
  }
  if (start < passage.length) spans.push({ start: from + start, end: from + passage.trimEnd().length })
  return spans
}

function afterBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/.test(text[at] ?? '')) at++
  return at
}

const stops = /(?<![.!?…。！？])[.!?…。！？]+["'”’»)\]]*(?=\s|$)/gu

function endsSentence(text: string, at: number, end: number): boolean {
  const next = /^\s*["'“‘«([]*(\S)/u.exec(text.slice(end, end + 12))?.[1]
  if (next === undefined) return true
  if (/\p{Ll}/u.test(next)) return false
  if (text[at] !== '.' || text[at + 1] === '.') return true
  return !isAbbreviation(text, at, next)
}

function isAbbreviation(text: string, at: number, next: string): boolean {
  const before = text.slice(Math.max(0, at - 24), at)
  const word = before.slice(before.lastIndexOf(' ') + 1).replace(/^["'“‘«([]+/, '')
  const small = word.toLowerCase()
  if (/\d/.test(next) && beforeNumbers.has(small)) return true
  if (/^\p{Lu}$/u.test(word)) return !/\d/.test(next)
  if (/^(?:\p{L}\.)+\p{L}$/u.test(word)) return !startsAfresh(text, at)
  return abbreviations.has(small)
}

/** After `U.S.` or `a.m.` a new sentence is likely when a common opening word follows. */
function startsAfresh(text: string, at: number): boolean {
  return /^\.["'”’)]*\s+(?:The|A|An|In|On|At|It|He|She|They|This|That|These|Those|But|And|However|Meanwhile|According|If|As|For|We|There|Since|While|After|Before|By|To|Some|Many|Both)\s/.test(
    text.slice(at, at + 24),
  )
}

/** Words whose full stop does not end a sentence, in small letters without it; initials and `U.S.` are known by their shape. */
export const abbreviations = new Set(
  (
    'adm art assoc brig capt cdr cmdr co col corp cpl cpt dept dr ed eds esp est etc fig figs fr ft gen gov gov’t govt hon inc jr ' +
    'lt ltd maj messrs mgr min mr mrs ms mt mts nos op para pfc pg ph pp pres prof pvt ref rep reps rev rt sec sen sens sgt sr st ' +
    'supt vol vols vs viz cf ca approx resp incl excl al eg ie obl oblast r kh vil str ' +
    'jan feb mar apr jun jul aug sept oct nov dec ' +
    'обл р рр ст див ім гр тис млн млрд м вул с смт т ген полк п рис табл'
  ).split(' '),
)

/** Abbreviations that end no sentence only when a number follows: `No. 5`, `Art. 5`. */
export const beforeNumbers = new Set(['no', 'nr', 'art', 'fig', 'p', 'ch', 'sec', 'para'])
