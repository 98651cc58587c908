import { boldShare, type Page, type PagePart } from '../passages/page.ts'
import { coverage, type Lexicon } from './lexicon.ts'
import { isListName } from './list-names.ts'
import { type Statement, tokensWithin } from './statement.ts'

/** The publisher's own list of takeaways: that under the best-known name, else one that repeats the body; none is a right answer. */
export function statedList(page: Page, statements: Statement[], lexicon: Lexicon): ListItem[] {
  for (const [at, part] of page.parts.entries()) {
    if (part.kind === 'item' || !isListName(page.text.slice(part.start, part.end))) continue
    const entries = listAfter(page, at)
    if (entries.length > 0) return entries
  }
  return echoedList(page, statements, lexicon)
}

function listAfter(page: Page, heading: number): ListItem[] {
  const start = listStart(page, heading + 1)
  if (start >= 0) return plausible(page, listItemsFrom(page.parts, start))
  return plausible(page, boldParagraphs(page, heading + 1))
}

/** The first item after the heading; between them may stand one paragraph that introduces it and ends with a colon. */
function listStart(page: Page, from: number): number {
  const [first, second] = [page.parts[from], page.parts[from + 1]]
  if (first?.kind === 'item') return from
  const introduces = first?.kind === 'paragraph' && page.text[first.end - 1] === ':'
  return introduces && second?.kind === 'item' ? from + 1 : -1
}

/** Some publishers set each takeaway as a paragraph in bold; the list ends with the first one that is not. */
function boldParagraphs(page: Page, from: number): ListItem[] {
  const entries: ListItem[] = []
  for (let i = from; i < page.parts.length; i++) {
    const part = page.parts[i]
    if (part?.kind !== 'paragraph' || part.gap || boldShare(part, part) < 0.9) break
    entries.push({ parts: [part], start: part.start, end: part.end })
  }
  return entries.length > 1 ? entries : []
}

/** Lists of figures, contacts and links also stand under such names; claims are mostly of five words or more. */
function plausible(page: Page, entries: ListItem[]): ListItem[] {
  if (entries.length > mostListItems) return []
  const claims = entries.filter(({ start, end }) => isClaim(page.text.slice(start, end)))
  return claims.length * 2 > entries.length ? entries : []
}

function isClaim(entry: string): boolean {
  const text = entry.slice(0, 1_000)
  const words = text.match(/[\p{L}\p{N}]{2,}/gu) ?? []
  return words.length >= 5 && !/\S@[\w-]{1,99}\.\S/.test(text) && !/^https?:/.test(text)
}

/** One entry of a list: the passages that make it up, nested ones with their parent. */
export type ListItem = { parts: PagePart[]; start: number; end: number }

/** A list longer than this is a register, not the claims of a report. */
export const mostListItems = 40

/** The entries from one passage on, sibling lists included, up to the first other passage, picture or rule. */
export function listItemsFrom(parts: PagePart[], from: number): ListItem[] {
  const entries: ListItem[] = []
  for (let i = from; i < parts.length; i++) {
    const part = parts[i]
    if (part?.kind !== 'item' || (part.gap && i > from)) break
    const last = entries.at(-1)
    if (last && last.parts[0]?.item === part.item) {
      last.parts.push(part)
      last.end = part.end
    } else entries.push({ parts: [part], start: part.start, end: part.end })
  }
  return entries
}

/**
 * A list that has lost its heading, known by what it does: most of its items say again, in nearly the same words,
 * what sentences of the body say. A table of contents repeats headings, a list of efforts repeats nothing.
 */
export function echoedList(page: Page, statements: Statement[], lexicon: Lexicon): ListItem[] {
  for (let i = 0; i < page.parts.length; i++) {
    if (page.parts[i]?.kind !== 'item') continue
    const entries = listItemsFrom(page.parts, i)
    if (entries.length >= 3 && entries.length <= mostListItems && repeatsBody(entries, statements, lexicon))
      return entries
    i += entries.reduce((n, entry) => n + entry.parts.length, 0) - 1
  }
  return []
}

function repeatsBody(entries: ListItem[], statements: Statement[], lexicon: Lexicon): boolean {
  const said = entries.filter((entry) => isSaid(entry, statements, lexicon))
  return said.length >= entries.length * 0.6
}

function isSaid(entry: ListItem, statements: Statement[], lexicon: Lexicon): boolean {
  const claim = lexicon.stemsOf(tokensWithin(statements, entry))
  const shares = coverage(claim, statements, lexicon, (s) => s.part.kind === 'paragraph')
  return claim.size >= 5 && shares.values().some((share) => share >= 0.75)
}
