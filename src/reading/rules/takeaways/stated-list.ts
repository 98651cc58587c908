import { boldShare, type Page, type PagePart } from '../passages/page.ts'
import { coverage, type Lexicon } from './lexicon.ts'
import { isListName } from './list-names.ts'
import { type Statement, tokensWithin } from './statement.ts'

/** One item of a list: the passages that it consists of, nested items with their parent. */
export type ListItem = { parts: PagePart[]; start: number; end: number }

/** A longer list is a register, not a list of takeaways. */
const maxListItems = 40

/**
 * The publisher's own list of takeaways: the first list under a known name, else a list that repeats the body. Many
 * reports have none; the result is then empty.
 */
export function statedList(page: Page, statements: Statement[], lexicon: Lexicon): ListItem[] {
  for (const [index, part] of page.parts.entries()) {
    if (part.kind === 'item' || !isListName(page.text.slice(part.start, part.end))) continue
    const items = listAfter(page, index)
    if (items.length > 0) return items
  }
  return repeatingList(page, statements, lexicon)
}

function listAfter(page: Page, heading: number): ListItem[] {
  const start = listStart(page, heading + 1)
  const items = start >= 0 ? listItemsFrom(page.parts, start) : boldParagraphs(page, heading + 1)
  return isTakeawayList(page, items) ? items : []
}

/** The index of the first item after the heading. One paragraph that ends with a colon may stand between them. */
function listStart(page: Page, from: number): number {
  const [first, second] = [page.parts[from], page.parts[from + 1]]
  if (first?.kind === 'item') return from
  const isIntroduction = first?.kind === 'paragraph' && page.text[first.end - 1] === ':'
  return isIntroduction && second?.kind === 'item' ? from + 1 : -1
}

/** The items from one passage on, those of sibling lists included, up to the first other passage, image or rule. */
function listItemsFrom(parts: PagePart[], from: number): ListItem[] {
  const items: ListItem[] = []
  for (let i = from; i < parts.length; i++) {
    const part = parts[i]
    if (part?.kind !== 'item' || (part.gap && i > from)) break
    const last = items.at(-1)
    if (last && last.parts[0]?.item === part.item) {
      last.parts.push(part)
      last.end = part.end
    } else items.push({ parts: [part], start: part.start, end: part.end })
  }
  return items
}

/** Some publishers write each takeaway as a paragraph in bold; the list ends before the first other passage. */
function boldParagraphs(page: Page, from: number): ListItem[] {
  const items: ListItem[] = []
  for (let i = from; i < page.parts.length; i++) {
    const part = page.parts[i]
    if (part?.kind !== 'paragraph' || part.gap || boldShare(part, part) < 0.9) break
    items.push({ parts: [part], start: part.start, end: part.end })
  }
  return items.length > 1 ? items : []
}

/** Lists of figures, contacts and links have the same names, but most takeaways have five words or more. */
function isTakeawayList(page: Page, items: ListItem[]): boolean {
  if (items.length > maxListItems) return false
  const takeaways = items.filter(({ start, end }) => isTakeaway(page.text.slice(start, end)))
  return takeaways.length * 2 > items.length
}

function isTakeaway(item: string): boolean {
  const text = item.slice(0, 1_000)
  const words = text.match(/[\p{L}\p{N}]{2,}/gu) ?? []
  return words.length >= 5 && !/\S@[\w-]{1,99}\.\S/.test(text) && !/^https?:/.test(text)
}

/**
 * A list without a heading, of which most items repeat sentences of the body in nearly the same words. A table of
 * contents repeats headings only, and other lists repeat nothing.
 */
function repeatingList(page: Page, statements: Statement[], lexicon: Lexicon): ListItem[] {
  for (let i = 0; i < page.parts.length; i++) {
    if (page.parts[i]?.kind !== 'item') continue
    const items = listItemsFrom(page.parts, i)
    if (items.length >= 3 && items.length <= maxListItems && repeatsBody(items, statements, lexicon)) return items
    i += items.reduce((count, item) => count + item.parts.length, 0) - 1
  }
  return []
}

function repeatsBody(items: ListItem[], statements: Statement[], lexicon: Lexicon): boolean {
  const repeated = items.filter((item) => isInBody(item, statements, lexicon))
  return repeated.length >= items.length * 0.6
}

function isInBody(item: ListItem, statements: Statement[], lexicon: Lexicon): boolean {
  const stems = lexicon.stemsOf(tokensWithin(statements, item))
  const shares = coverage(stems, statements, lexicon, ({ part }) => part.kind === 'paragraph')
  return stems.size >= 5 && shares.values().some((share) => share >= 0.75)
}
