import { lettersOf } from '../../../platform/text/letters-of.ts'
import type { Page, Span } from '../passages/page.ts'
import { isEnded, type ListItem } from './list-item.ts'
import { hasVerb } from './verbs.ts'

/** A longer list is a register, not a list of takeaways. */
export const maxListItems = 40

/**
 * Whether items below a list's name are takeaways. Lists of figures, contacts, links, facts, dates and heads have the
 * same names, but most takeaways have five words or more, and tell something.
 */
export function isTakeawayList(page: Page, items: ListItem[]): boolean {
  if (items.length === 0 || items.length > maxListItems) return false
  const takeaways = items.filter((item) => isTakeaway(page, item))
  if (takeaways.length * 2 <= items.length) return false
  const names = items.filter((item) => isName(page, item))
  return names.length * 2 <= items.length || !(isContents(page, names) || isFactSheet(page, names))
}

function isTakeaway(page: Page, item: ListItem): boolean {
  const text = textOf(page, item)
  const words = text.match(/[\p{L}\p{N}]{2,}/gu) ?? []
  if (words.length < 5 || notTakeaway.some((pattern) => pattern.test(text))) return false
  return isEnded(page, item) || !appointment.test(text)
}

const textOf = (page: Page, { start, end }: Span) => page.text.slice(start, Math.min(end, start + 1_000))

/** An address, a telephone number, a question. */
const notTakeaway = [/\S@[\w-]{1,99}\.\S/, /^https?:/, /\+\d[\d ()-]{7,30}$/, /[?？؟]["”’»)]*$/]

/** The start of an entry of an agenda: `09:30 – Welcome`, `Monday, 9 a.m.: opening`. */
const appointment = /^(?:\p{L}{3,12},?\s)?\d{1,2}(?:[:.h]\d{2}\b|\s?[ap]\.?m\b)/iu

/** Whether an item is no sentence: it has no full stop and no verb. */
const isName = (page: Page, item: ListItem) => !isEnded(page, item) && !hasVerb(textOf(page, item))

/** Whether most items only name the parts of the report: their words are heads of it. */
function isContents(page: Page, items: ListItem[]): boolean {
  const heads = page.parts.filter(({ kind, start, end }) => kind !== 'item' && end - start <= maxHead)
  const names = new Set(heads.map((head) => nameOf(page, head)))
  return items.filter((item) => names.has(nameOf(page, item))).length * 2 > items.length
}

const maxHead = 150

/** The letters and digits of a passage, without what it says in brackets. */
const nameOf = (page: Page, span: Span) => lettersOf(textOf(page, span).replace(/\([^()]{0,200}\)/g, ''))

/** Whether each item gives the value of a label: `Population: 12 million`. Verbs of other languages are not known. */
const isFactSheet = (page: Page, items: ListItem[]) =>
  items.length > 1 && items.every((item) => labelled.test(textOf(page, item)) && isEnglish.test(textOf(page, item)))

const labelled = /^\p{L}[^:.]{1,30}: \S/u
const isEnglish = /^[\p{ASCII}‘’“”–—]*$/u
