import type { Page, PagePart, Span } from '../passages/page.ts'
import { coverage, type Lexicon, stemsOf } from './lexicon.ts'
import { isEnded, isNearHead, type ListItem, shareOfSentences } from './list-item.ts'
import { itemsBelow, listItemsFrom } from './list-items.ts'
import { announcesList, listNameKind } from './list-names.ts'
import { type Statement, tokensWithin } from './statement.ts'
import { hasVerb } from './verbs.ts'

export type { ListItem } from './list-item.ts'

/** A longer list is a register, not a list of takeaways. */
const maxListItems = 40

/**
 * The publisher's own list of takeaways: the first list under a known name, else one near the head of the report under
 * an opener or below a sentence that announces it, else a list that repeats the body. Many reports have none; the result
 * is then empty.
 */
export function statedList(page: Page, statements: Statement[], lexicon: Lexicon): ListItem[] {
  const kinds = page.parts.map((part) => nameKind(page, part))
  const named = firstList(page, (i) => kinds[i] === 'name', true)
  if (named.length > 0) return named
  const opened = firstList(page, (i) => isNearHead(page, i) && (kinds[i] === 'opener' || announces(page, i)), false)
  return opened.length > 0 ? opened : repeatingList(page, statements, lexicon)
}

function nameKind(page: Page, { kind, start, end }: PagePart): ReturnType<typeof listNameKind> {
  return kind === 'item' || kind === 'notes' || end - start > 100 ? null : listNameKind(page.text.slice(start, end))
}

function firstList(page: Page, isName: (index: number) => boolean, isSure: boolean): ListItem[] {
  for (const index of page.parts.keys()) {
    const items = isName(index) ? itemsBelow(page, index, isSure) : []
    if (isTakeawayList(page, items)) return items
  }
  return []
}

function announces(page: Page, index: number): boolean {
  const part = page.parts[index]
  if (part?.kind !== 'paragraph' || page.parts[index + 1]?.kind !== 'item') return false
  return announcesList(page.text.slice(Math.max(part.start, part.end - 300), part.end))
}

/** Lists of figures, contacts and links have the same names, but most takeaways have five words or more. */
function isTakeawayList(page: Page, items: ListItem[]): boolean {
  if (items.length === 0 || items.length > maxListItems) return false
  const takeaways = items.filter(({ start, end }) => isTakeaway(page.text.slice(start, end)))
  return takeaways.length * 2 > items.length && !isContents(page, items)
}

/** Whether most items only name the parts of the report: their words are heads of it, and tell nothing. */
function isContents(page: Page, items: ListItem[]): boolean {
  const entries = items.filter((item) => !isEnded(page, item) && !hasVerb(page.text.slice(item.start, item.end)))
  if (entries.length * 2 <= items.length) return false
  const heads = page.parts.filter(({ kind, start, end }) => kind !== 'item' && end - start <= maxHead)
  const names = new Set(heads.map((head) => lettersOf(page, head)))
  return entries.filter((entry) => names.has(lettersOf(page, entry))).length * 2 > entries.length
}

const maxHead = 150

/** The letters and digits of a passage, without what it says in brackets. */
const lettersOf = (page: Page, { start, end }: Span) =>
  page.text
    .slice(start, Math.min(end, start + 2 * maxHead))
    .replace(/\([^()]{0,200}\)/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

function isTakeaway(item: string): boolean {
  const text = item.slice(0, 1_000)
  const words = text.match(/[\p{L}\p{N}]{2,}/gu) ?? []
  return words.length >= 5 && !notTakeaway.some((pattern) => pattern.test(text))
}

/** An address, a question, an entry of an agenda. */
const notTakeaway = [/\S@[\w-]{1,99}\.\S/, /^https?:/, /[?？]["”’»)]*$/, /^\d{1,2}[:.h]\d{2}\b[^.!?]{0,300}$/]

/**
 * A list without a heading, of which most items repeat sentences of the body in nearly the same words. A table of
 * contents repeats headings only, other lists repeat nothing, and what is no sentence is no takeaway.
 */
function repeatingList(page: Page, statements: Statement[], lexicon: Lexicon): ListItem[] {
  for (let i = 0; i < page.parts.length; i++) {
    if (page.parts[i]?.kind !== 'item') continue
    const items = listItemsFrom(page, i)
    if (isEcho(page, items, statements, lexicon)) return items
    i += items.reduce((count, item) => count + item.parts.length, 0) - 1
  }
  return []
}

function isEcho(page: Page, items: ListItem[], statements: Statement[], lexicon: Lexicon): boolean {
  if (items.length < 3 || items.length > maxListItems || shareOfSentences(page, items) < 0.8) return false
  return items.filter((item) => isInBody(item, statements, lexicon)).length >= items.length * 0.6
}

function isInBody(item: ListItem, statements: Statement[], lexicon: Lexicon): boolean {
  const stems = stemsOf(tokensWithin(statements, item))
  if (stems.size < 5) return false
  const shares = coverage(stems, statements, lexicon)
  return statements.some(({ part, index }) => part.kind === 'paragraph' && (shares[index] ?? 0) >= 0.75)
}
