import type { Finding, TopicName } from '../mail-view.ts'
import { outwardLink } from './outward-link.ts'
import { shorten } from './shorten.ts'
import { newestFirst, type Told } from './told-once.ts'

/** Bytes of HTML for all takeaways: with its frame and closing lists a mail stays far below the 102 KB that Gmail clips at. */
const budget = 56_000
const longQuotes = 20
/** What the markup of one takeaway takes, its source line included. */
const markup = 1_300
export const longestTakeaway = 600
export const shownReferences = 6
export const shownElsewhere = 3

/**
 * Shares the room of a mail between its takeaways, strongest first: the first 20 with a quote of 240 characters, the others
 * with one of 120, as long as they fit. What has no room is not in the answer; the mail counts it, and names its reports.
 */
export function allotRoom(told: Told[], topics: TopicName[]): Map<Told, number> {
  const ranked = told.toSorted((a, b) => strength(b, topics) - strength(a, topics) || newestFirst(a, b))
  const room = new Map<Told, number>()
  let left = budget
  for (const each of ranked) {
    const quote = room.size < longQuotes ? 240 : 120
    left -= weigh(each, quote)
    if (left < 0) break
    room.set(each, quote)
  }
  return room
}

/** The greatest score of a takeaway under some topics. */
export function strength(finding: Finding, topics: TopicName[]): number {
  const scores = finding.matches.filter(({ topic }) => topics.some(({ slug }) => slug === topic))
  return Math.max(0, ...scores.map((match) => match.score))
}

/** About how many bytes of HTML a takeaway will take. */
function weigh({ text, evidence, item, alsoIn }: Told, quote: number): number {
  const [first] = evidence
  const links = [item.url, item.url, ...alsoIn.slice(0, shownElsewhere).map((other) => other.item.url)]
  const marks = first?.references.slice(0, shownReferences).map(({ url }) => url) ?? []
  const texts = [shorten(text, longestTakeaway), shorten(first?.quote ?? '', quote)]
  const said = [...texts, ...[...links, ...marks].map((link) => outwardLink(link) ?? '')]
  return markup + said.reduce((sum, each) => sum + htmlBytes(each), 0)
}

/** UTF-8 bytes of a text once it is escaped for HTML. */
function htmlBytes(text: string): number {
  const escaped = text.match(/[&<>"']/g)?.length ?? 0
  return Buffer.byteLength(text) + 4 * escaped
}
