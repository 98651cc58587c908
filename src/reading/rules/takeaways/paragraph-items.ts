import { isHeadLine } from '../passages/bullets.ts'
import { boldShare, type Page, type PagePart } from '../passages/page.ts'
import { isAboutReport, isEnded, isNearHead, itemOf, type ListItem, wordsIn } from './list-item.ts'
import { sentencesOf } from './sentences.ts'

/** The paragraphs or headings below the name of a list that are items by their shape; see `itemsBelow`. */
export function paragraphItems(page: Page, name: number, isSure: boolean): ListItem[] {
  const finders = isSure
    ? [boldParagraphs, headings, labelledParagraphs, shortParagraphs, sectionParagraphs]
    : [ledParagraphs]
  return finders.map((find) => find(page, name + 1)).find((found) => found.length > 0) ?? []
}

/** Whether a passage is a paragraph, or one in bold that has no full stop and is too long for a heading. */
const isParagraph = ({ kind, level, start, end }: PagePart) =>
  kind === 'paragraph' || (kind === 'heading' && level === 6 && end - start > 80)

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
    if (leavesContainer(items, part)) break
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

/** Whether the items stand equally deep in the page, and a passage after them does not. */
function leavesContainer(items: ListItem[], part: PagePart): boolean {
  const depths = new Set(items.map(({ parts: [first] }) => first?.depth))
  return items.length > 1 && depths.size === 1 && !depths.has(part.depth)
}

const maxSection = 6

/**
 * Others write each as a longer paragraph. Such a list fills a section near the head of the report: a few paragraphs of
 * whole sentences up to the next head.
 */
function sectionParagraphs(page: Page, from: number): ListItem[] {
  if (!isNearHead(page, from - 1)) return []
  const items: ListItem[] = []
  for (const part of page.parts.slice(from, from + maxSection + 1)) {
    if (isHead(page, part)) return items.length > 1 ? items : []
    if (part.kind !== 'paragraph' || (part.gap && items.length > 0) || !isLongItem(page, part)) return []
    items.push(itemOf(part))
  }
  return []
}

const isHead = (page: Page, part: PagePart) =>
  part.kind === 'heading' || (part.kind === 'paragraph' && isHeadLine(page.text.slice(part.start, part.end)))

function isLongItem(page: Page, part: PagePart): boolean {
  if (part.end - part.start > 900 || isAboutReport(page, part)) return false
  return isEnded(page, part) && sentencesOf(page.text, part.start, part.end).length <= 5
}
