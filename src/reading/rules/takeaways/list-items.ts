import { isHeadLine } from '../passages/bullets.ts'
import type { Page, PagePart } from '../passages/page.ts'
import { isAboutReport, isEnded, type ListItem, shareOfSentences } from './list-item.ts'
import { paragraphItems } from './paragraph-items.ts'

/**
 * The items below the name of a list: list items, else paragraphs or headings that are items by their shape. `isSure`
 * says that the name is one of a list of takeaways and of nothing else.
 */
export function itemsBelow(page: Page, name: number, isSure: boolean): ListItem[] {
  const start = itemStart(page, name, isSure)
  if (start >= 0) return listItemsFrom(page, start, page.parts[name])
  return paragraphItems(page, name, isSure)
}

/**
 * The index of the first item below a name. Between them may stand a sentence that introduces the list, or the heading of
 * its first part.
 */
function itemStart(page: Page, name: number, isSure: boolean): number {
  const [heading, first, second] = page.parts.slice(name, name + 3)
  if (first?.kind === 'item') return name + 1
  if (second?.kind !== 'item' || !first || !heading) return -1
  const isIntroduction =
    first.kind === 'paragraph' && (page.text[first.end - 1] === ':' || (isSure && introduces(page, name)))
  const isSubheading = first.kind === 'heading' && heading.kind === 'heading' && first.level > heading.level
  return isIntroduction || isSubheading ? name + 2 : -1
}

/** Whether the paragraph below a name, which ends without a colon, introduces the items: it is short, or they are sentences. */
function introduces(page: Page, name: number): boolean {
  const introduction = page.parts[name + 1]
  if (!introduction || isAboutReport(page, introduction)) return false
  const isShort = introduction.end - introduction.start <= 120
  return isShort || shareOfSentences(page, runOfItems(page.parts, name + 2)) >= 0.5
}

/**
 * The items from one passage on. The list goes on over an image, a rule, a pull quote, a caption, the edge of a page, and over the headings
 * of its parts where it began below one; `name` is the passage that names it.
 */
export function listItemsFrom(page: Page, from: number, name?: PagePart): ListItem[] {
  const items = runOfItems(page.parts, from)
  const first = page.parts[from - 1]
  const isPart = (part: PagePart) => name !== undefined && isBelow(page, part, name)
  const hasParts = first !== undefined && first !== name && isPart(first)
  for (let end = from + partsOf(items); ; ) {
    const next = afterInterruption(page, end, (part) => interrupts(page, part) || (hasParts && isPart(part)))
    const more = next < 0 ? [] : runOfItems(page.parts, next)
    if (more.length === 0 || !isAlike(page, items, more)) return items.map((item) => withoutNested(page, item))
    items.push(...more)
    end = next + partsOf(more)
  }
}

/** Whether a passage is the head of a part below a name: of a lower level, or in small letters below capitals. */
function isBelow(page: Page, part: PagePart, name: PagePart): boolean {
  if (part.kind !== 'paragraph' || name.kind !== 'paragraph')
    return part.kind === 'heading' && name.kind === 'heading' && part.level > name.level
  const [head, above] = [part, name].map(({ start, end }) => page.text.slice(start, end))
  return head !== undefined && above !== undefined && isHeadLine(head) && hasSmall.test(head) && !hasSmall.test(above)
}

const hasSmall = /\p{Ll}{2}/u

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
function afterInterruption(page: Page, from: number, isInterruption: (part: PagePart) => boolean): number {
  for (let i = from; i <= from + maxInterruption; i++) {
    const part = page.parts[i]
    if (part?.kind === 'item') return i
    if (!part || !isInterruption(part)) return -1
  }
  return -1
}

function interrupts(page: Page, part: PagePart): boolean {
  if (part.kind === 'quote') return true
  const text = page.text.slice(part.start, Math.min(part.end, part.start + 300))
  return (
    part.kind === 'paragraph' &&
    part.end - part.start < 300 &&
    (caption.test(text) || pageMark.test(text) || /^[“"«„].*[”"»“]$/.test(text) || (part.gap && isHeadLine(text)))
  )
}

/** The running head or foot of a printed page. */
const pageMark = /^(?:page \d{1,3}(?: of \d{1,3})?|\d{1,3}(?: \| [^.!?|]{1,80})?|[^.!?|]{1,80} \| (?:page )?\d{1,3})$/i

const caption = /^(?:map|photo|figure|image|graphic|chart|source|credit|caption)s?\b[^.]{0,20}[:.]? /i

/** Whether further items are of the same list: sentences after sentences. */
function isAlike(page: Page, items: ListItem[], more: ListItem[]): boolean {
  return shareOfSentences(page, more) >= Math.min(0.8, shareOfSentences(page, items))
}

/** An item that is a sentence of its own, without its nested items; else with them. */
function withoutNested(page: Page, item: ListItem): ListItem {
  const nested = item.parts.findIndex(({ level }, i) => i > 0 && level > (item.parts[0]?.level ?? 1))
  const last = item.parts[nested - 1]
  if (nested < 1 || !last || !isEnded(page, last)) return item
  return { ...item, end: last.end }
}
