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

/** Whether a passage is a note on the report itself. */
export const isAboutReport = (page: Page, { start }: PagePart) => isNote(page.text.slice(start, start + 60))

/** Whether a line begins as a note on the report does. */
export const isNote = (line: string) => aboutReport.test(line)
const aboutReport = /^(?:we|note|this (?:report|assessment|bulletin|update)|for more|the authors?)\b/i

/** Whether a passage is within the first 1,500 characters of a report, or its first fifth. */
export const isNearHead = (page: Page, index: number) =>
  (page.parts[index]?.start ?? 0) <= Math.max(1_500, page.text.length / 5)
