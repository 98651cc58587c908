import { WordSet } from '../word-set.ts'
import { type ListWords, listWords, openNouns } from './list-words.ts'

/** How surely a line names a list of takeaways: a `name` anywhere, an `opener` only near the head of a report. */
export type ListNameKind = 'name' | 'opener'

/** Whether a short line is the heading of a list of takeaways: a known name, with a few words around it at most. */
export function isListName(line: string): boolean {
  return line.length <= maxLength && listNameKind(line) === 'name'
}

/** What kind of list's name a short line is; null for any other line. */
export function listNameKind(line: string): ListNameKind | null {
  if (line.length > maxLength || isSentence.test(line)) return null
  const name = withoutNote(line)
  const kind = kindOfWords(plainWords(name))
  if (kind === 'name') return kind
  const afterTitle = lastSegment.exec(name)?.[1]
  return (afterTitle && kindOfWords(plainWords(afterTitle))) || kind
}

/** A name without what stands in brackets behind it: `Highlights (as of 5 May)`. */
const withoutNote = (line: string) =>
  line.includes('(') ? line.replace(/(?<=\S)\s\([^()]{1,60}\)(?=\W{0,3}$)/, '') : line

/** Whether a sentence that ends with a colon announces a list of takeaways: `Here are the main points:`. */
export function announcesList(paragraph: string): boolean {
  const sentence = /(?:^|[.!?…]\s)([^.!?…]{1,200})[:：]\s*$/u.exec(paragraph.slice(-220))?.[1]
  if (!sentence) return false
  const words = plainWords(sentence)
  return words.some((word, i) => isNamePair(word, words[i + 1]) || announcements.some((name) => isAt(words, i, name)))
}

/**
 * The offset of a list's name at the end of a line, right after other words; -1 where there is none. In other than
 * capital letters it counts only before list items or after a year.
 */
export function gluedListName(line: string, isBeforeItems: () => boolean): number {
  if (line.endsWith('.')) return -1
  const from = Math.max(0, line.length - 60)
  const end = line.slice(from).replace(/[\s:]{1,9}$/, '')
  const [last] = plainWords(end.slice(end.lastIndexOf(' ') + 1))
  if (last === undefined || !lastWords.has(last)) return -1
  const words = [...line.slice(from).matchAll(/\S+/g)].slice(-5)
  for (const word of words.slice(1)) {
    const name = line.slice(from + word.index)
    const isFree = isBeforeItems() || year.test(line.slice(0, from + word.index))
    if (!(isFree ? /^\p{Lu}/u : /^[\p{Lu}\s:]{3,60}$/u).test(name)) continue
    if (exactNames.has(plainWords(name).join(' '))) return from + word.index
  }
  return -1
}

/** The end of a title that ends with its date. */
const year = /\b(?:19|20)\d\d\s+$/

const maxLength = 90
const isSentence = /[.!?…,;]["”’»)\]]*\s*$/u
/** The words after the last colon, dash or bar of a heading. */
const lastSegment = /(?:[:|]\s|\s[–—-]\s)([^:|–—]{3,60}):?\s*$/u

/** The words of a line, in lower case and without accents; Arabic words without their article. */
function plainWords(line: string): string[] {
  const lower = line.toLowerCase().replaceAll("'", '’')
  // Most lines are ASCII, and many callers ask.
  if (!/[^\p{ASCII}’]/u.test(lower)) return lower.match(/[a-z0-9’]+/g) ?? []
  const folded = lower.normalize('NFKD').replace(/\p{M}/gu, '')
  const words = folded.match(/[\p{L}\p{M}\p{N}’]+/gu) ?? []
  return words.map((word) => (word.length > 4 && word.startsWith('ال') ? word.slice(2) : word))
}

const namesIn = (select: (words: ListWords) => string[]) => listWords.flatMap(select).map(plainWords)
const byFirst = (all: string[][]) => Map.groupBy(all, ([first]) => first ?? '')

const names = namesIn((words) => words.names)
const openers = namesIn((words) => words.openers)
const namesByFirst = byFirst(names)
const openersByFirst = byFirst(openers)
/** For each noun and each qualifier, the languages that have it, by their number. */
const nouns = languagesOf((words) => words.nouns)
const qualifiers = languagesOf((words) => words.qualifiers)
const exactNames = new Set(
  [
    ...names,
    ...listWords.flatMap((words) =>
      words.qualifiers.flatMap((a) =>
        words.nouns.flatMap((b) => [
          [a, b],
          [b, a],
        ]),
      ),
    ),
  ].map((name) => name.join(' ')),
)
const lastWords = new WordSet([...exactNames].map((name) => name.slice(name.lastIndexOf(' ') + 1)))
const announcements = [
  ...names,
  ...openers,
  ...['what you need', 'to remember', 'this is what'].map(plainWords),
].filter((name) => name.length > 1)
const open = new Set(openNouns)

function languagesOf(select: (words: ListWords) => string[]): Map<string, number[]> {
  const languages = new Map<string, number[]>()
  for (const [i, words] of listWords.entries())
    for (const word of select(words).flatMap(plainWords)) languages.set(word, [...(languages.get(word) ?? []), i])
  return languages
}

function kindOfWords(words: string[]): ListNameKind | null {
  for (let start = 0; start < Math.min(4, words.length); start++) {
    const kind = kindAt(words, start)
    if (kind) return kind
    if (!leading.test(words[start] ?? '')) break
  }
  const noun = words.slice(1, 4).findIndex((word) => open.has(word))
  const isOpen =
    noun >= 0 &&
    !notOpen.test(words[noun] ?? '') &&
    !words.some((word) => otherTime.test(word)) &&
    endsName(words, noun + 2)
  return isOpen || (words.length < 5 && atAGlance.test(words.join(' '))) ? 'opener' : null
}

function kindAt(words: string[], start: number): ListNameKind | null {
  if (hasNameAt(words, start, namesByFirst)) return 'name'
  if (isNamePair(words[start] ?? '', words[start + 1]) && endsName(words, start + 2)) return 'name'
  return hasNameAt(words, start, openersByFirst) ? 'opener' : null
}

const atAGlance = /^(?:situation|week|month|day|news) (?:at a glance|in brief|in short)$/

function hasNameAt(words: string[], start: number, all: Map<string, string[][]>): boolean {
  const found = all.get(words[start] ?? '')
  return found?.some((name) => isAt(words, start, name) && endsName(words, start + name.length)) ?? false
}

const isAt = (words: string[], start: number, name: string[]) => name.every((word, i) => words[start + i] === word)

/** Whether two words are a noun and its qualifier, in either order, of one language. */
function isNamePair(first: string, second: string | undefined): boolean {
  if (second === undefined) return false
  return share(nouns.get(first), qualifiers.get(second)) || share(qualifiers.get(first), nouns.get(second))
}

const share = (some: number[] | undefined, others: number[] | undefined) =>
  some?.some((language) => others?.includes(language)) ?? false

/** Whether nothing follows a name from one word on but what may follow a name. */
function endsName(words: string[], end: number): boolean {
  const after = words.length - end
  if (after > 0 && otherSense.test(words.slice(end, end + 3).join(' '))) return false
  return after <= 0 || (after <= 7 && trailing.test(words[end] ?? ''))
}

/**
 * Words that may stand before a list's name (`The`, `Our`, `Five`, `ISW’s`), and the words that may follow it directly.
 */
const leading =
  /^(?:the|our|your|today’s|this|week’s|weekly|daily|monthly|overview|summary|some|of|most|and|les|los|las|le|il|i|gli|le|as|os|die|der|das|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|наш[иі]|самые|наи(?:более|більш)|три|четыре|чотири|пять|п’ять|шесть|шість|семь|сім|десять|nos|nuestros|nuestras|deux|trois|quatre|cinq|six|sept|dos|tres|cuatro|cinco|seis|siete|apercu|resume|synthese|resumen|sintesis|\p{L}+’s)$/u
const trailing =
  /^(?:en|from|of|for|in|on|to|as|at|this|since|between|today|week|issue|no|du|de|des|del|cette|ce|esta|este|pour|para|par|pendant|za|z|dnia|tygodnia|na|за|на|від|від|дня|недели|тижня|доби|суток|місяця|месяца|року|года|кварталу|квартала|випуску|выпуска|звіту|отчета|огляду|обзора|доповіді|доклада|авторів|авторов|дослідження|исследования|аналітиків|аналитиков|експертів|экспертов|редакціі|редакции|записки|цього|цієі|этого|этои|з|із|из|с|про|о|об|у|в|щодо|касательно|della|delle|dei|di|dal|da|do|dos|au|aux|al|ai|ao|aos|alla|stand|bis|stan|станом|по|der|des|vom|fur|im|am|من|في|خلال|هذا|هذه|يوم|حول|عن|بشان|حتى|منذ|لهذا|لهذه|لشهر|لاسبوع|ليوم|تقرير|ورقة|دراسة|اسبوع|شهر|نشرة|عدد|وثيقة|باحثين|لل\p{L}{2,20}|ل|\d{1,4}|\d{1,2}(?:st|nd|rd|th)|сьогодні|сегодня|(?:січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд)\p{L}{1,4}|(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[яа]|january|february|march|april|may|june|july|august|september|october|november|december)$/u
/** Words that give the noun before them another sense: `points of contact`. */
const otherSense =
  /^(?:of (?:contact|entry|order|view|sale|departure)|for discussion|from (?:our|the) archives?)(?: |$)/
/** Words of a calendar: its events have not happened, or long ago. */
const otherTime = /^(?:upcoming|coming|planned|future|past)$/
/** Words that give the noun after them another sense. */
const notOpen =
  /^(?:talking|data|access|distribution|crossing|entry|water|border|check|starting|focal|contact|fun|percentage|power|pressure|decision|reference|funding|software|product)$/
