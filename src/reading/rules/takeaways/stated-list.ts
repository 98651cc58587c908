import type { Page, PagePart } from '../passages/page.ts'
import { coverage, type Lexicon, stemsOf } from './lexicon.ts'
import { isNearHead, type ListItem, shareOfSentences } from './list-item.ts'
import { itemsBelow, listItemsFrom } from './list-items.ts'
import { announcesList, listNameKind } from './list-names.ts'
import { type Statement, tokensWithin } from './statement.ts'
import { isTakeawayList, maxListItems } from './takeaway-items.ts'

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
