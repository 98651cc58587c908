import type { Page, PagePart, Span } from '../passages/page.ts'

/** One item of a list: the passages that it consists of, and the words of it that are the takeaway. */
export type ListItem = { parts: PagePart[]; start: number; end: number }

/** The item that consists of one passage. */
export const itemOf = (part: PagePart): ListItem => ({ parts: [part], start: part.start, end: part.end })

/** Whether a passage ends as a sentence does. */
export const isEnded = (page: Page, { end }: Span) => sentenceEnd.test(page.text.slice(Math.max(0, end - 20), end))

const sentenceEnd = /[.!?…。][["”’»)\]]*$/u

/** The share of items that end as a sentence does. */
export function shareOfSentences(page: Page, items: ListItem[]): number {
  return items.length === 0 ? 0 : items.filter((item) => isEnded(page, item)).length / items.length
}

export const wordsIn = (page: Page, { start, end }: Span) =>
  page.text.slice(start, end).match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0
