import type { Span } from '../passages/page.ts'

/**
 * The sentences of one passage, as trimmed spans of the whole text, in order, with only white space between them. No
 * sentence ends at an abbreviation, an initial, a decimal point, or a full stop within a sentence that goes on.
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
  let offset = from
  while (offset < text.length && /\s/.test(text[offset] ?? '')) offset++
  return offset
}

const stops = /(?<![.!?…。！？])[.!?…。！？]+["'”’»)\]]*(?=\s|$)/gu

function endsSentence(text: string, stop: number, end: number): boolean {
  const next = /^\s*["'“‘«([]*(\S)/u.exec(text.slice(end, end + 12))?.[1]
  if (next === undefined) return true
  if (/\p{Ll}/u.test(next)) return false
  if (text[stop] !== '.' || text[stop + 1] === '.') return true
  return !isAbbreviation(text, stop, next)
}

/** Whether the word before a full stop is an abbreviation; `next` is the first character after it. */
function isAbbreviation(text: string, stop: number, next: string): boolean {
  const before = text.slice(Math.max(0, stop - 24), stop)
  const word = before.slice(before.lastIndexOf(' ') + 1).replace(/^["'“‘«([]+/, '')
  const lower = word.toLowerCase()
  if (/\d/.test(next) && beforeNumbers.has(lower)) return true
  if (/^\p{Lu}$/u.test(word)) return !/\d/.test(next)
  if (/^(?:\p{L}\.)+\p{L}$/u.test(word)) return !startsSentence(text, stop)
  return abbreviations.has(lower)
}

/** After `U.S.` or `a.m.` a common first word of sentences probably starts a new one. */
function startsSentence(text: string, stop: number): boolean {
  return /^\.["'”’)]*\s+(?:The|A|An|In|On|At|It|He|She|They|This|That|These|Those|But|And|However|Meanwhile|According|If|As|For|We|There|Since|While|After|Before|By|To|Some|Many|Both)\s/.test(
    text.slice(stop, stop + 24),
  )
}

/**
 * Words whose full stop does not end a sentence, in lower case and without it. Initials and `U.S.` are known by their
 * form.
 */
const abbreviations = new Set(
  (
    'adm art assoc brig capt cdr cmdr co col corp cpl cpt dept dr ed eds esp est etc fig figs fr ft gen gov gov’t govt hon inc jr ' +
    'lt ltd maj messrs mgr min mr mrs ms mt mts nos op para pfc pg ph pp pres prof pvt ref rep reps rev rt sec sen sens sgt sr st ' +
    'supt vol vols vs viz cf ca approx resp incl excl al eg ie obl oblast r kh vil str ' +
    'jan feb mar apr jun jul aug sept oct nov dec ' +
    'обл р рр ст див ім гр тис млн млрд м вул с смт т ген полк п рис табл'
  ).split(' '),
)

/** Abbreviations that end no sentence before a number: `No. 5`, `Art. 5`. */
const beforeNumbers = new Set(['no', 'nr', 'art', 'fig', 'p', 'ch', 'sec', 'para'])
