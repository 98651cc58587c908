import { type Page, type Span, textOf } from '../passages/page.ts'
import { isAboutReport } from './about-report.ts'
import { isClearAlone } from './clear-alone.ts'
import { hasUnnamedNoun } from './definite-nouns.ts'
import { isEnded, type ListItem } from './list-item.ts'
import { isOtherMatter, leansOnPrevious } from './other-matter.ts'
import type { Choose, Report, Sentences } from './report.ts'
import { isRundown } from './rundown.ts'
import { beginsWithKnown } from './same-deed.ts'
import { lacksSpeaker } from './speech.ts'
import type { Statement } from './statement.ts'
import { isTelling } from './telling.ts'
import { isAnswer, isFactOfAnecdote } from './wording.ts'

/** An item of so many sentences is one unit with its title. */
export const maxShortSentences = 3

/**
 * The chosen sentences. Of a short item all are chosen, and neighbours are one takeaway. Where its title claims
 * something, the item is one unit: `told` are the sentences that told the claim, which are not told again, and the others
 * are claims of their own only where one of them is on a topic or clear without the title.
 */
export function chosenItems(report: Report, choose: Choose, told?: Span[]): ListItem[] {
  const telling = tellingOf(report)
  const isOfSubject = (statement: Statement) => {
    const sentence = textOf(report.page, statement)
    return !isAboutReport(sentence) && !isRundown(sentence)
  }
  const sentences = telling.length > 0 || told ? telling : report.statements.filter(isOfSubject)
  const isWhole = sentences.length < (told ? maxShortSentences + 1 : maxShortSentences)
  const isTold = ({ start, end }: Span) => told?.some((span) => start >= span.start && end <= span.end) ?? false
  const isOwnClaim = (statement: Statement) =>
    !told ||
    report.topics.within([statement], 'takeaway').length > 0 ||
    isClearAlone(report.page.text.slice(statement.start, statement.end))
  const untold = (isWhole ? sentences : choose(report)).filter((statement) => !isTold(statement))
  if (!isWhole) return apart(untold.map((statement) => withNeighbour(statement, report)))
  const own = untold.filter(isOwnClaim)
  return joined(untold, report.page.text).filter((item) =>
    own.some((one) => one.start >= item.start && one.end <= item.end),
  )
}

/** The items without those that begin within an earlier one. */
const apart = (items: ListItem[]): ListItem[] =>
  items.filter(({ start }, at) => !items.slice(0, at).some((item) => start >= item.start && start < item.end))

/** Statements as items, neighbours of one passage that tell of one matter as one, up to the length of a takeaway; what leans on it is left out then. */
function joined(statements: Statement[], text: string): ListItem[] {
  const items: ListItem[] = []
  for (const statement of statements) {
    const { part, start, end, spoken } = statement
    const item = items.at(-1)
    const isNext = item?.parts[0] === part && text.slice(item.end, start).trim() === ''
    const isSameMatter = isNext && !(item && isOtherMatter(statement, item, statements, text))
    if (item && isSameMatter && end - item.start <= maxJoined) item.end = end
    // Words of somebody are told with him only.
    else if (!spoken && !(isSameMatter && leans(text.slice(start, end)))) items.push({ parts: [part], start, end })
  }
  return items
}

/** A takeaway of several sentences has at most so many characters. */
const maxJoined = 420

const leans = (sentence: string): boolean => leansOnPrevious(sentence) || beginsWithKnown(sentence)

/**
 * A sentence with the next one, where that says that it is not so, gives the fact of its anecdote, or goes on from it with
 * what is on another topic; or such a fact.
 */
export function withNeighbour(statement: Statement, report: Report): ListItem {
  const { index, part, start } = statement
  const { page, statements } = report
  const textAt = (at: number) => {
    const near = statements[at]
    return near?.part === part ? page.text.slice(near.start, near.end) : ''
  }
  const goesOn = isAnswer(textAt(index + 1)) || isFactOfAnecdote(textAt(index + 1))
  const isFact = isFactOfAnecdote(textAt(index)) && textAt(index - 1) !== ''
  const [before, next] = [statements[index - 1], statements[index + 1]]
  return {
    parts: [part],
    start: isFact && before ? before.start : start,
    end: goesOn && next ? next.end : endOnTopic(statement, report),
  }
}

/** The end of the sentence behind that is on a topic of its own and names what it speaks of only by this one. */
function endOnTopic(statement: Statement, { page, statements, topics }: Report): number {
  const slugsOf = (each: Statement) => topics.within([each], 'takeaway').map(({ topic }) => topic)
  for (const next of statements.slice(statement.index + 1, statement.index + 1 + maxBehind)) {
    const isNear = next.part === statement.part && next.end - statement.start <= maxJoined
    if (!isNear || !hasUnnamedNoun(textOf(page, next))) break
    const known = new Set(slugsOf(statement))
    if (slugsOf(next).some((topic) => !known.has(topic))) return next.end
  }
  return statement.end
}

const maxBehind = 2

/** The sentences that tell something in words whose speaker is known; of more than a short item has, only the first ones. */
export function tellingOf({ page, statements }: Sentences): Statement[] {
  const prose = proseOf({ statements })
  const telling = withoutStandfirst(page, prose)
    .values()
    .filter((statement) => isTelling(statement, page.text) && !lacksSpeaker(textOf(page, statement)))
  return [...telling.take(maxShortSentences + 1)]
}

/** The sentences without the lines below a title: they end with no full stop, and the report tells them again in sentences. */
function withoutStandfirst(page: Page, prose: Statement[]): Statement[] {
  const first = prose.findIndex((statement, at) => at === maxStandfirsts || isEnded(page, statement))
  const ended = prose.slice(first).find((statement) => isEnded(page, statement))
  return first > 0 && ended && prose[first - 1]?.part !== ended.part ? prose.slice(first) : prose
}

/** A standfirst, and the headlines that a live page puts behind it. */
const maxStandfirsts = 3

export const proseOf = ({ statements }: Pick<Sentences, 'statements'>): Statement[] =>
  statements.filter(({ part }) => part.kind !== 'heading' && part.kind !== 'title')
