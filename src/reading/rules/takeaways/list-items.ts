import { isHeadLine } from '../passages/bullets.ts'
import { boldShare, type Page, type PagePart, type Span } from '../passages/page.ts'
import { sentencesOf } from './sentences.ts'

/** One item of a list: the passages that it consists of, and the words of it that are the takeaway. */
export type ListItem = { parts: PagePart[]; start: number; end: number }

/**
 * The items below the name of a list: list items, else paragraphs or headings that are items by their shape. `isSure`
 * says that the name is one of a list of takeaways and of nothing else.
 */
export function itemsBelow(page: Page, name: number, isSure: boolean): ListItem[] {
  const start = itemStart(page, name, isSure)
  if (start >= 0) return listItemsFrom(page, start, page.parts[name]?.level)
  const finders = isSure ? [boldParagraphs, headings, labelledParagraphs, shortParagraphs] : [ledParagraphs]
  return finders.map((find) => find(page, name + 1)).find((found) => found.length > 0) ?? []
}

/**
 * The index of the first item below a name. Between them may stand a sentence that introduces the list, or the heading of
 * its first part.
 */
function itemStart(page: Page, name: number, isSure: boolean): number {
  const [heading, first, second] = page.parts.slice(name, name + 3)
  if (first?.kind === 'item') return name + 1
  if (second?.kind !== 'item' || !first || !heading) return -1
  const isIntroduction = first.kind === 'paragraph' && (page.text[first.end - 1] === ':' || isSure)
  const isSubheading = first.kind === 'heading' && heading.kind === 'heading' && first.level > heading.level
  return isIntroduction || isSubheading ? name + 2 : -1
}

/**
 * The items from one passage on. The list goes on over an image, a rule, a pull quote, a caption, and over the headings
 * of its parts where it began below one; `level` is that of its own heading.
 */
export function listItemsFrom(page: Page, from: number, level = 6): ListItem[] {
  const items = runOfItems(page.parts, from)
  const hasParts = page.parts[from - 1]?.kind === 'heading' && (page.parts[from - 1]?.level ?? 0) > level
  for (let end = from + partsOf(items); ; ) {
    const next = afterInterruption(page, end, hasParts ? level : 6)
    const more = next < 0 ? [] : runOfItems(page.parts, next)
    if (more.length === 0 || !isAlike(page, items, more)) return items.map((item) => withoutNested(page, item))
    items.push(...more)
    end = next + partsOf(more)
  }
}

const partsOf = (items: ListItem[]) => items.reduce((count, { parts }) => count + parts.length, 0)

/** The items on end, those of sibling lists included, up to the first other passage, image or rule. */
function runOfItems(parts: PagePart[], from: number): ListItem[] {
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

const maxInterruption = 3

/** The index of the item after what interrupts a list; -1 where the list has ended. */
function afterInterruption(page: Page, from: number, level: number): number {
  for (let i = from; i <= from + maxInterruption; i++) {
    const part = page.parts[i]
    if (part?.kind === 'item') return i
    if (!part || !interrupts(page, part, level)) return -1
  }
  return -1
}

function interrupts(page: Page, part: PagePart, level: number): boolean {
  if (part.kind === 'quote') return true
  if (part.kind === 'heading') return part.level > level
  const text = page.text.slice(part.start, Math.min(part.end, part.start + 300))
  return (
    part.kind === 'paragraph' &&
    part.end - part.start < 300 &&
    (caption.test(text) || /^[“"«„].*[”"»“]$/.test(text) || (part.gap && isHeadLine(text)))
  )
}

const caption = /^(?:map|photo|figure|image|graphic|chart|source|credit|caption)s?\b[^.]{0,20}[:.]? /i

/** Whether further items are of the same list: sentences after sentences. */
function isAlike(page: Page, items: ListItem[], more: ListItem[]): boolean {
  return shareOfSentences(page, more) >= Math.min(0.8, shareOfSentences(page, items))
}

/** The share of items that end as a sentence does. */
export function shareOfSentences(page: Page, items: ListItem[]): number {
  return items.length === 0 ? 0 : items.filter((item) => isEnded(page, item)).length / items.length
}

const isEnded = (page: Page, { end }: Span) => sentenceEnd.test(page.text.slice(Math.max(0, end - 20), end))

const sentenceEnd = /[.!?…。][["”’»)\]]*$/u

/** An item that is a sentence of its own, without its nested items; else with them. */
function withoutNested(page: Page, item: ListItem): ListItem {
  const nested = item.parts.findIndex(({ level }, i) => i > 0 && level > (item.parts[0]?.level ?? 1))
  const last = item.parts[nested - 1]
  if (nested < 1 || !last || !isEnded(page, last)) return item
  return { ...item, end: last.end }
}

/** Whether a passage is a paragraph, or one in bold that has no full stop and is too long for a heading. */
const isParagraph = ({ kind, level, start, end }: PagePart) =>
  kind === 'paragraph' || (kind === 'heading' && level === 6 && end - start > 80)

const itemOf = (part: PagePart): ListItem => ({ parts: [part], start: part.start, end: part.end })

/** Some publishers write each takeaway as a paragraph in bold; the list ends before the first other passage. */
function boldParagraphs(page: Page, from: number): ListItem[] {
  const items: ListItem[] = []
  for (let i = from; i < page.parts.length; i++) {
    const part = page.parts[i]
    if (
      !part ||
      !isParagraph(part) ||
      (part.gap && i > from) ||
      boldShare(part, part) < 0.9 ||
      isAboutReport(page, part)
    )
      break
    items.push(itemOf(part))
  }
  return items.length > 1 ? items : []
}

/** Others write each as a heading of the next level, with its text below it. */
function headings(page: Page, from: number): ListItem[] {
  const [name, first] = [page.parts[from - 1], page.parts[from]]
  if (name?.kind !== 'heading' || first?.kind !== 'heading' || first.level <= name.level) return []
  const items: ListItem[] = []
  for (let i = from; i < page.parts.length && items.length <= maxParagraphs; i++) {
    const part = page.parts[i]
    if (part?.kind !== 'heading') continue
    if (part.level <= name.level) break
    if (part.level === first.level) items.push(itemOf(part))
  }
  return items.length > 1 && items.every((item) => wordsIn(page, item) >= 4) ? items : []
}

/** Others write each as a paragraph below a heading that is its label; `from` is the first label. */
function labelledParagraphs(page: Page, from: number): ListItem[] {
  const [name, first] = [page.parts[from - 1], page.parts[from]]
  if (name?.kind !== 'heading' || first?.kind !== 'heading' || (first.level <= name.level && name.level < 6)) return []
  const items: ListItem[] = []
  for (let i = from; i <= from + 2 * maxParagraphs; i += 2) {
    const [label, part, next] = page.parts.slice(i, i + 3)
    const isPair = label?.kind === 'heading' && label.level === first.level && part?.kind === 'paragraph'
    if (!isPair || (next && next.kind !== 'heading') || !isCard(page, part, part)) break
    items.push(itemOf(part))
  }
  return items.length > 1 ? items : []
}

/** Below a name that is not sure, paragraphs are a list where each begins with words in bold. */
function ledParagraphs(page: Page, from: number): ListItem[] {
  const items = shortParagraphs(page, from)
  return items.length > 2 && items.every(({ parts: [part] }) => part?.bold[0]?.start === part?.start) ? items : []
}

const wordsIn = (page: Page, { start, end }: Span) =>
  page.text.slice(start, end).match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0

const maxParagraphs = 20

/**
 * Others write each as a short paragraph or in a cell. Such a list ends where a heading, an image, a note on the report or
 * a longer paragraph follows; without such an end, short paragraphs are a list only where they are few.
 */
function shortParagraphs(page: Page, from: number): ListItem[] {
  const items: ListItem[] = []
  const areApart = [from, from + 1].every((i) => page.parts[i]?.gap)
  for (let i = from; i <= from + maxParagraphs; i++) {
    const part = page.parts[i]
    if (!part) return items.length > 1 && items.length <= 8 ? items : []
    if (!isParagraph(part) || (part.gap && i > from && !areApart) || !isCard(page, part, page.parts[from])) break
    items.push(itemOf(part))
  }
  return items.length > 1 && items.length <= maxParagraphs ? items : []
}

/** Whether a paragraph is a takeaway by its shape: short, a sentence, or as long as one where the first has no full stop. */
function isCard(page: Page, part: PagePart, first: PagePart | undefined): boolean {
  if (!first || part.end - part.start > 500) return false
  const text = page.text.slice(part.start, part.end)
  const least = isEnded(page, part) ? 4 : isEnded(page, first) ? 10 : 6
  return wordsIn(page, part) >= least && !isAboutReport(page, part) && sentencesOf(text).length <= 3
}

const isAboutReport = (page: Page, { start }: PagePart) => aboutReport.test(page.text.slice(start, start + 60))
const aboutReport = /^(?:we|note|this (?:report|assessment|bulletin|update)|for more|the authors?)\b/i
