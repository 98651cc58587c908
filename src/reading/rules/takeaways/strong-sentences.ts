import type { Page, Span } from '../passages/page.ts'
import { stemsOf } from './lexicon.ts'
import { standsAlone } from './rank.ts'
import { type Statement, tokensWithin } from './statement.ts'

/** A sentence that is plainly on a topic has at least this score. */
export const minStrongScore = 0.9
/** Where this part of a list is on a topic, the report is about the topic, and its list tells enough. */
export const maxListShare = 1 / 3
/** A report gives at most so many sentences beside its own list. */
const maxAdded = 2
/** So many of the sentences with the highest scores are looked at. */
const maxTried = 12
/** A sentence that shares this part of its stems with a takeaway is told by it. */
const maxSharedStems = 0.4

/**
 * Sentences that are plainly on a topic and that no takeaway tells; `onTopic` are the indexes of statements by falling
 * score. A publisher's list names what its editors found most important, which may leave out what a reader follows.
 */
export function strongSentences(
  { page, statements }: { page: Page; statements: Statement[] },
  onTopic: number[],
  told: Span[],
): Statement[] {
  if (onTopic.length === 0) return []
  const texts = told.map((span) => stemsOf(tokensWithin(statements, span)))
  const added: Statement[] = []
  for (const index of onTopic.slice(0, maxTried)) {
    const statement = statements[index]
    if (!statement || added.length === maxAdded) break
    const isTold = told.some(({ start, end }) => statement.start < end && statement.end > start)
    if (isTold || statement.part.kind !== 'paragraph') continue
    const { stems } = statement
    // What stands alone costs more to tell, and most sentences share their words with a takeaway.
    if (texts.some((text) => shares(text, stems)) || !standsAlone(statement, page.text)) continue
    texts.push(stems)
    added.push(statement)
  }
  return added.sort((a, b) => a.index - b.index)
}

function shares(told: Set<string>, stems: Set<string>): boolean {
  let shared = 0
  for (const stem of stems) if (told.has(stem)) shared += 1
  return shared > stems.size * maxSharedStems
}
