import { phraseEnd } from './noun-phrase.ts'
import { isCapital, nextMark, textOf, type Word } from './sentence-words.ts'
import { determiners } from './small-words.ts'
import { speakerOf } from './speaker-name.ts'
import { speakerKind } from './speaker-nouns.ts'

/** The one for whom a paper speaks, within the words from `from` on: `a report by the bank`, `UNICEF figures`. */
export function makerOf(sentence: string, words: Word[], from: number, paper: number): string | null {
  return makerBehind(sentence, words, paper) ?? makerBefore(sentence, words, from, paper)
}

/**
 * The first word for a paper or for figures from `from` up to the word before `to`; -1 if there is none. Its phrase
 * begins at `start`.
 */
export function paperIn(words: Word[], from: number, to: number, start = from): number {
  return words.findIndex(
    ({ text }, i) =>
      i >= from &&
      i < to &&
      (isPaper(text) || isPaperBy(text, words[i + 1]) || isOpeningPaper(words, i)) &&
      !isTaskOf(words, start, i),
  )
}

/** The task of a body is no paper: `a commission of inquiry`. */
function isTaskOf(words: Word[], start: number, at: number): boolean {
  return words[at - 1]?.text === 'of' && at - 2 >= start && speakerKind(words[at - 2]?.text ?? '') === 'body'
}

/** A paper may be a newspaper, unless somebody wrote it. */
function isPaperBy(text: string, next?: Word): boolean {
  return text === 'paper' && next?.text === 'by'
}

/** A paper at the start of its sentence has a capital: `Research by the university`. */
function isOpeningPaper(words: Word[], at: number): boolean {
  return (
    at === 0 &&
    isPaper(words[0]?.lower ?? '') &&
    /^(?:by|from|published|released|compiled|collected|seen|obtained|reviewed|viewed|examined)$/.test(
      words[1]?.text ?? '',
    )
  )
}

function isPaper(text: string): boolean {
  return /^\p{Ll}/u.test(text) && (speakerKind(text) === 'document' || papers.test(text))
}

const papers =
  /^(?:data|figures?|estimates?|reporting|updates?|records?|tall(?:y|ies)|counts?|information|documents?|accounts?|plans?|maps?|images?|imagery|surveys?|tests?|calculations?|messages?|notice|draft|findings|books?|registers?|files|notes|yearbook|tracker|version|e-?mails?|transcripts?|recordings?)$/

/** `A report by the bank`, `data that the bank published`. The maker's name must end before `verb`, if it is given. */
export function makerBehind(sentence: string, words: Word[], paper: number, verb?: number): string | null {
  const at = linkBehind(words, paper)
  const link = words[at]
  if (!link || /^(?:seen|obtained|reviewed|viewed|cited|quoted)$/.test(words[at - 1]?.text ?? '')) return null
  const to = phraseEnd(words, at + 1, verb)
  if (to === at + 1 || (verb !== undefined && to !== verb)) return null
  if (link.text === 'of' && !words.slice(at + 1, to).some(isCapital)) return null
  return speakerOf(sentence, words, { from: at + 1, to }, link.text === 'by' ? 'anybody' : 'known')
}

/** The word that joins a paper to its maker: `by` before all others; -1 if a mark or five words stand between. */
function linkBehind(words: Word[], paper: number): number {
  const end = Math.min(nextMark(words, paper + 1), paper + 6)
  const by = words.findIndex(({ text }, i) => i > paper && i < end && text === 'by')
  return by >= 0 ? by : words.findIndex(({ text }, i) => i > paper && i < end && /^(?:from|of|that|which)$/.test(text))
}

/**
 * A paper with the one who has seen it, or with the journal it stands in: `a letter seen by the Gazette`. Its phrase
 * begins at `from` and ends before `limit`, if that is given.
 */
export function paperSeen(sentence: string, words: Word[], from: number, paper: number, limit?: number): string | null {
  const name = nameBehind(words, paper)
  const to = name < 0 ? name : phraseEnd(words, name, limit)
  const isNamed = to > name && words.slice(name, to).some(isCapital)
  return isNamed && (limit === undefined || to === limit) ? textOf(sentence, words, { from, to }) : null
}

/** Where the name of the reader or of the journal begins behind a paper; -1 if there is none. */
function nameBehind(words: Word[], paper: number): number {
  const [first, second] = words.slice(paper + 1, paper + 3).map(({ text }) => text)
  if (/^(?:seen|obtained|reviewed|viewed|examined|read|verified)$/.test(first ?? '') && second === 'by')
    return paper + 3
  if (first === 'in' && second === 'The') return paper + 2
  const at = words.findIndex(({ text }, i) => i > paper + 1 && i < paper + 6 && text === 'in')
  return first === 'published' && at > 0 && isJournal(words, at + 1) ? at + 1 : -1
}

/** A paper is published in a journal, but also in a town. */
function isJournal(words: Word[], from: number): boolean {
  return (
    /^(?:The|Nature|Science)$/.test(words[from]?.text ?? '') ||
    words
      .slice(from, phraseEnd(words, from))
      .some(({ lower }) => /^(?:journal|magazine|review|times|letters|annals|gazette)$/.test(lower))
  )
}

/** `The General Staff's evening update`, `UNICEF figures`. */
function makerBefore(sentence: string, words: Word[], from: number, paper: number): string | null {
  if (/^(?:his|her|their|its|this|these|those|our)$/.test(words[from]?.lower ?? '')) return null
  const owner = words.findLastIndex(({ text }, i) => i >= from && i < paper && /['’]s?$/.test(text))
  if (owner < 0) return nameBefore(sentence, words, from, paper)
  const name = speakerOf(sentence, words, { from, to: owner + 1 })
  return name && withoutPossessive(name)
}

/** `Texas prison statement`, `latest UNICEF figures`: all words before the paper, or the capital words among them. */
function nameBefore(sentence: string, words: Word[], from: number, paper: number): string | null {
  const to = lastName(words, from, paper)
  const whole = paper > from ? speakerOf(sentence, words, { from, to: paper }) : null
  return whole ?? (to > from ? speakerOf(sentence, words, { from, to }) : null)
}

function lastName(words: Word[], from: number, to: number): number {
  let end = to
  while (end > from && !isCapital(words[end - 1] as Word) && !determiners.has(words[end - 1]?.lower ?? '')) end--
  const isAdjective = /(?:ian|ish|ese|ench|aeli|aqi|ean)$/.test(words[end - 1]?.text ?? '')
  return isAdjective || (end > from && determiners.has(words[end - 1]?.lower ?? '')) ? to : end
}

/** `The bank's` as `the bank`. */
export function withoutPossessive(name: string): string {
  return name.replace(/['’]s$/, '').replace(/(?<=s)['’]$/, '')
}
