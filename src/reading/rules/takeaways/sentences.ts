import { matchesOf } from '../../../platform/text/matches.ts'
import type { Span } from '../passages/page.ts'
import { WordSet } from '../word-set.ts'
import { romanceAbbreviations } from './romance-abbreviations.ts'

/**
 * The sentences of one passage, as trimmed spans of the whole text, in order, with only white space between them. No
 * sentence ends at an abbreviation, an initial, a decimal point, or a full stop within a sentence that goes on.
 */
export function sentencesOf(text: string, from = 0, to = text.length): Span[] {
  const spans: Span[] = []
  const passage = text.slice(from, to)
  let start = afterBlanks(passage, 0)
  for (const stop of matchesOf(passage, stops)) {
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

/**
 * A blank, the end, or the word that a forgotten blank has glued to the full stop: `services.The`. In French a blank stands
 * before a closing guillemet.
 */
const stops =
  /(?<![.!?…؟。！？])(?:[.!?…؟。！？]+["'”’»)\]]*(?:[ \u00a0\u202f]»(?=[\s.,;:!?)]|$))?(?=\s|$)|(?<=\p{Ll}{2}|\d{4})\.(?=(?:The|An?|In|On|At|It|This|These|They|There|For|As|While|According|However|Since|After|Over|More|Some|Many|Most)\s))/gu

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
  const word = before.slice(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n')) + 1).replace(/^["'“‘«([]+/, '')
  const lower = word.replace(elided, '').toLowerCase()
  if (isOfDoubled(word, before, text.slice(stop, stop + 6))) return !startsSentence(text, stop)
  if (/\d\s(?:(?:кв|куб)\.\s)?[мт]$/.test(before)) return false
  if (/\d/.test(next) && (beforeNumbers.has(lower) || isWithinNumber(word, text.slice(stop, stop + 20)))) return true
  if (/^\p{Lu}$/u.test(word)) return !/\d/.test(next)
  if (/^(?:\p{L}\.)+\p{L}$/u.test(word) || afterNames.has(lower)) return !startsSentence(text, stop)
  if (/^\d{1,2}$/.test(word)) return germanMonth.test(text.slice(stop, stop + 8))
  return abbreviations.has(lower)
}

/** The article that French writes together with a word: `l’art. 12`. */
const elided = /^(?:l|d|qu)[’'](?=\p{L})/iu

/** Plurals are doubled in Spanish abbreviations of two words: `EE. UU.`, `FF. AA.` */
function isOfDoubled(word: string, before: string, behind: string): boolean {
  if (!/^(\p{Lu})\1$/u.test(word)) return false
  return /^\. ?(\p{Lu})\1\./u.test(behind) || /(?<!\p{L})(\p{Lu})\1\. ?\p{Lu}{2}$/u.test(before)
}

/** Whether a number goes on behind a full stop with a blank: `a. 38-calibre gun`, `on E. 52nd St.`, `at 9. 30 am`. */
function isWithinNumber(word: string, behind: string): boolean {
  if (/^\.\s\d{2}[ -]calib(?:er|re)/.test(behind)) return true
  if (/^[NSEW]$/.test(word)) return /^\.\s\d{1,3}(?:st|nd|rd|th)(?!\p{L})/u.test(behind)
  return /^\d{1,2}$/.test(word) && /^\.\s[0-5]\d ?[ap]\.?m(?!\p{L})/u.test(behind)
}

/**
 * After `U.S.`, `a.m.` or the abbreviation of a place, a unit or a firm, a common first word of sentences probably starts
 * a new one.
 */
function startsSentence(text: string, stop: number): boolean {
  const next = /^\.["'”’)]*\s+["“«]?(\p{Lu}[\p{L}’']*)/u.exec(text.slice(stop, stop + 32))?.[1]
  return next !== undefined && firstWords.has(next.toLowerCase())
}

/** `18. November` is a date in German, where nouns have capitals. */
const germanMonth = /^\.\s(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jän)/

/** Words that often begin a sentence and seldom follow an abbreviation within one. */
const firstWords = new WordSet(
  (
    'the a an in on at it he she they this that these those but and however meanwhile according if as for we there since while after ' +
    'before by to some many both most more about around nearly over under officials residents people russian ukrainian local its his her ' +
    'their no not one two three several all such other another when where what who still also only ' +
    'у в на з із за до після про це цей ця ці він вона вони але та також проте водночас унаслідок внаслідок люди серед понад більше майже під ' +
    'по влада місцеві російські українські ще як коли якщо там тут їх його всі о об из с от после это этот эта эти он она они но также однако ' +
    'вследствие среди более почти под власти местные российские украинские ещё если здесь их его все ' +
    'тоді відтоді згодом потім пізніше раніше нині зараз сьогодні вчора загалом усього однак тому через крім окрім такі частина кілька двоє троє ' +
    'решта ніхто хто що чи поки вже її тогда затем позже ранее сейчас сегодня вчера всего поэтому кроме такие часть несколько двое трое остальные ' +
    'никто кто пока уже её ' +
    'le la les un une des il elle ils elles ce cette ces mais et dans après selon plus el los las una en tras según más ' +
    'der die das ein eine es sie er im am nach mehr rund w na po według oraz ale ponad lo gli nel secondo oltre o os em após'
  )
    .split(' ')
    .concat(romanceAbbreviations.firstWords),
)

/** Abbreviations that may end a sentence, because they stand after the name or the year that they belong to. */
const afterNames = new WordSet(
  'obl st rd ave blvd inc ltd corp co etc al jr sr обл р рр ст г гг др ін пр r usw bzw ecc vb'.split(' '),
)

/**
 * Words whose full stop does not end a sentence, in lower case and without it. Initials and `U.S.` are known by their
 * form.
 */
const abbreviations = new WordSet(
  (
    'adm art assoc brig capt cdr cmdr col cpl cpt dept dr ed eds esp est fig figs fr ft gen gov gov’t govt hon jt lt maj messrs ' +
    'mgr min mr mrs ms mt mts nos op para pfc pg ph pp pres prof pvt ref rep reps ret rev rt sec sen sens sgt supt vol vols vs viz cf ca ' +
    'approx resp incl excl eg ie kh vil str ' +
    'jan feb mar apr jun jul aug sept sep oct nov dec ' +
    'м див ім вул смт т ген полк п рис табл просп пл буд пров бул с д ул пр пер пос гр гл акад напр см им зам нач тов адм листоп груд січ лют берез ' +
    'квіт трав черв лип серп верес жовт янв февр апр июн июл авг сент окт нояб дек стор тел зв ' +
    'проф доц бульв наб хут корп підполк подполк лейт серж прапор бриг заст закл зак дол о долл оз ок розд разд дод прил міс мес поч ген.-май ген.-лейт ген.-полк ген.-м ген.-л терр тер ' +
    'mme mm mlle janv févr avr juil déc chap av bd n° sra srta dra núm num pág págs depto aprox exmo exma sig dott avv pag ' +
    'zb bspw vgl ul np tzn płk św dyr sn bkz hz doç'
  )
    .split(' ')
    .concat(romanceAbbreviations.before),
)

/** Abbreviations that end no sentence before a number, and may end one before a word: `No. 5`, `ч. 2`. */
const beforeNumbers = new WordSet(
  'no nr p ch ст ч кв год пол час ok tys'.split(' ').concat(romanceAbbreviations.beforeNumbers),
)
