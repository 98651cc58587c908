import { clip, type Page, type PagePart, referencesIn, type Span, textOf } from '../passages/page.ts'
import type { Evidence } from '../types.ts'
import { attributionOf } from './attribution.ts'
import { proseOf } from './chosen-items.ts'
import { withoutDateline } from './claim-start.ts'
import { clausesOf } from './clauses.ts'
import { coverage, type Lexicon, stemsOf } from './lexicon.ts'
import type { ListItem } from './list-item.ts'
import { namesSameEvent, tellsOtherEvent } from './other-event.ts'
import { areCountedOtherwise, countsOf, figuresIn, haveOutcome, outcomeFigures } from './outcome-figures.ts'
import type { Sentences } from './report.ts'
import { type Statement, tokensWithin } from './statement.ts'
import { isTelling } from './telling.ts'
import { addsToOthers } from './wording.ts'

/** A quotation must hold this share of a takeaway's weight, and half of its stems, to be its evidence. */
const minShare = 0.5

/** A second sentence joins the quotation when it has so many stems of the takeaway, and adds at least this share of its weight. */
const minNearStems = 3
const minAddedShare = 0.15

/** What supports a takeaway; `told` are the words of it that say the same as the takeaway. */
export type Support = { evidence: Evidence[]; told: Span[] }

/**
 * The support of a stated takeaway: the best sentence or two of the body outside its list, with the next figure or named
 * source after them; else the item's own words.
 */
export function statedEvidence(item: ListItem, list: ListItem[], report: Sentences): Support {
  const { page } = report
  const below = item.parts[0]?.kind === 'heading' ? textBelow(item, report) : undefined
  if (below) return below
  const stems = stemsOf(tokensWithin(report.statements, item))
  const found = candidatesFor(item, list, stems, report).find((candidate) => tellsItem(candidate, item, stems, report))
  if (!found) return ownEvidence(page, item)
  const whole = { ...found.quotation, end: endOfAddition(textOf(page, item), stems, found, report) }
  return { evidence: [evidenceIn(page, found.best.part, withoutDateline(page.text, whole))], told: [found.quotation] }
}

/** A sentence of the body, and the quotation around it. */
type Candidate = { best: Statement; quotation: Quotation }

/** So many sentences are looked at, whose share is nearly the highest. */
const maxCandidates = 3
const nearlyHighest = 0.85
/** A sentence with the counts of the takeaway may hold less of its other words. */
const highWithCounts = 0.6

/**
 * The sentence outside the list that holds most of the item, and those behind it that hold nearly as much and add to no
 * other sentence. Those with the counts of the item go before the others. The lead of a short report comes last.
 */
function candidatesFor(
  item: ListItem,
  list: ListItem[],
  stems: Set<string>,
  { page, statements, lexicon }: Sentences,
): IteratorObject<Candidate> {
  const listStart = list[0]?.start ?? item.start
  const listEnd = list.at(-1)?.end ?? item.end
  const isInBody = ({ part, start, end }: Statement) =>
    part.kind !== 'heading' && (end <= listStart || start >= listEnd)
  const shares = coverage(stems, statements, lexicon)
  const shareOf = ({ index }: Statement) => shares[index] ?? 0
  const body = statements.filter((statement) => shareOf(statement) > 0 && isInBody(statement))
  const highest = body.reduce((most, statement) => Math.max(most, shareOf(statement)), 0)
  const hasCounts = countsOf(textOf(page, item))
  const isHigh = (statement: Statement) => shareOf(statement) >= highest * (hasCounts ? highWithCounts : nearlyHighest)
  const high = body.filter((statement) => isHigh(statement) && isTelling(statement, page.text))
  const counting = new Set(hasCounts ? high.filter((statement) => hasCounts(textOf(page, statement))) : [])
  const first = (statement: Statement) => (counting.has(statement) ? 1 : 0)
  const best = high
    .filter((statement) => counting.has(statement) || shareOf(statement) >= highest * nearlyHighest)
    .sort((a, b) => first(b) - first(a) || shareOf(b) - shareOf(a) || a.index - b.index)
    .filter((statement, at) => at === 0 || !addsToOthers(textOf(page, statement)))
    .slice(0, maxCandidates)
  const lead = leadOf({ page, statements }, isInBody)
  return [...best, ...(lead && !best.includes(lead) ? [lead] : [])]
    .values()
    .map((statement) => ({ best: statement, quotation: quotationAround(statement, stems, statements, lexicon) }))
}

/** The first sentence of a short report that tells something, among some of its prose; a longer report has none. */
function leadOf({ page, statements }: Pick<Sentences, 'page' | 'statements'>, isAmong = (_: Statement) => true) {
  if (statements.length >= minStatementsForWeights) return undefined
  return proseOf({ statements }).find((statement) => isAmong(statement) && isTelling(statement, page.text))
}

/** Whether a candidate tells the item, and no other event in the same words. */
function tellsItem(
  { best, quotation }: Candidate,
  item: ListItem,
  stems: Set<string>,
  { page, statements, lexicon }: Sentences,
): boolean {
  const isLead = best === leadOf({ page, statements }) && !addsToOthers(textOf(page, best))
  const [claim, quote] = [textOf(page, item), textOf(page, quotation)]
  const isShort = statements.length < minStatementsForWeights
  const isSame =
    tellsSame(quotation, stems, statements.length, isLead) ||
    (isShort ? isLead && namesSameEvent(claim, quote) : tellsClause(claim, quotation, stems, lexicon))
  return isSame && !tellsOtherEvent(claim, quote)
}

/** A takeaway that is a heading is told by the paragraph below it, unless that tells of another event. */
function textBelow(item: ListItem, { page, statements }: Sentences): Support | undefined {
  const next = statements.find(({ start }) => start >= item.end)
  if (next?.part.kind !== 'paragraph') return undefined
  const own = statements.filter(({ part, end }) => part === next.part && end - next.start <= maxQuoteLength)
  const span = { start: next.start, end: own.at(-1)?.end ?? next.end }
  if (tellsOtherEvent(textOf(page, item), textOf(page, span))) return undefined
  return { evidence: [evidenceIn(page, next.part, span)], told: [span] }
}

/** The evidence of an extracted sentence, or of an item that the body does not repeat: its own words. */
export function ownEvidence(page: Page, item: ListItem): Support {
  const [part] = item.parts
  if (!part) throw new Error(`The takeaway at ${item.start} has no passage.`)
  const own = item.parts.flatMap((each) => referencesIn(each, item))
  const references = own.length > 0 ? own : item.parts.flatMap((each) => each.references)
  return { evidence: [{ ...evidenceIn(page, part, item), references }], told: [item] }
}

type Quotation = Span & { share: number; stems: Set<string> }

/** The sentence, with a neighbour of the same passage when the takeaway is spread over the two. */
function quotationAround(
  best: Statement,
  takeawayStems: Set<string>,
  statements: Statement[],
  lexicon: Lexicon,
): Quotation {
  const alone = quotationOf([best], takeawayStems, lexicon)
  const isNear = (other: Statement | undefined) =>
    other?.part === best.part && takeawayStems.intersection(stemsOf(other.tokens)).size >= minNearStems
  const [before, after] = [statements[best.index - 1], statements[best.index + 1]]
  const pairs = [
    ...(before && isNear(before) ? [[before, best]] : []),
    ...(after && isNear(after) ? [[best, after]] : []),
  ]
  const [better] = pairs.map((pair) => quotationOf(pair, takeawayStems, lexicon)).sort((a, b) => b.share - a.share)
  return better && better.share >= alone.share + minAddedShare ? better : alone
}

/** A figure or a named source so many sentences after the words that tell the takeaway belongs to its quotation. */
const maxSentencesToAddition = 3
const maxQuoteLength = 700

/**
 * The end of a quotation that also holds what the passage adds next: a figure or a named source that the takeaway does not
 * have. Without one, or before another toll or another matter, the quotation ends as it is.
 */
function endOfAddition(
  claim: string,
  stems: Set<string>,
  { best, quotation }: Candidate,
  { page, statements }: Sentences,
): number {
  const quote = textOf(page, quotation)
  if (adds(quote, claim)) return quotation.end
  const told = outcomeFigures(`${claim} ${quote}`)
  for (let index = best.index + 1, seen = 0; seen < maxSentencesToAddition; index++) {
    const next = statements[index]
    if (next?.part !== best.part || next.end - quotation.start > maxQuoteLength) break
    if (next.start < quotation.end) continue
    seen += 1
    const addition = textOf(page, next)
    if (!isTelling(next, page.text) || isOtherMatter(addition, next, stems)) break
    if (haveOutcome(told) && areCountedOtherwise(told, outcomeFigures(addition))) break
    if (adds(addition, claim)) return next.end
  }
  return quotation.end
}

/** Whether a sentence adds a thing to others that the takeaway does not tell of. */
function isOtherMatter(sentence: string, { tokens }: Statement, takeawayStems: Set<string>): boolean {
  return addsToOthers(sentence) && takeawayStems.intersection(stemsOf(tokens)).size < minNearStems
}

/** Whether a sentence has a figure or a speaker that the takeaway does not have. */
function adds(sentence: string, claim: string): boolean {
  const known = new Set(figuresIn(claim))
  if (figuresIn(sentence).some((figure) => !known.has(figure))) return true
  const source = attributionOf(sentence)
  return source !== null && !claim.includes(source)
}

function quotationOf(sentences: Statement[], takeawayStems: Set<string>, lexicon: Lexicon): Quotation {
  const stems = stemsOf(sentences.flatMap(({ tokens }) => tokens))
  const share = lexicon.weightOf(takeawayStems.intersection(stems)) / Math.max(1e-9, lexicon.weightOf(takeawayStems))
  return { start: sentences[0]?.start ?? 0, end: sentences.at(-1)?.end ?? 0, share, stems }
}

/**
 * Whether a quotation tells the takeaway. In a short report the rarity of words says nothing, and its first sentence
 * tells what the title claims in other words.
 */
function tellsSame(
  { stems, share }: Quotation,
  takeawayStems: Set<string>,
  statements: number,
  isLead: boolean,
): boolean {
  const shared = takeawayStems.intersection(stems).size
  const isShort = statements < minStatementsForWeights
  if (isShort && isLead) {
    const part = shared / takeawayStems.size
    return (shared > 1 && part >= minLeadShare) || (shared > 2 && part >= minLeadShareOfMany)
  }
  // Of a takeaway with few words, the one that is missing may be what it says.
  if (takeawayStems.size <= maxFewStems && !isShort) return shared >= Math.min(takeawayStems.size, maxFewStems - 1)
  return shared * 2 >= takeawayStems.size && (isShort || share >= minShare)
}

/** Whether a quotation tells one of several facts of a takeaway nearly whole, and shares enough of its other words. */
function tellsClause(claim: string, { stems }: Quotation, takeawayStems: Set<string>, lexicon: Lexicon): boolean {
  if (takeawayStems.intersection(stems).size < takeawayStems.size * minSharedWithClause) return false
  const clauses = clausesOf(claim)
  const isTold = (clause: Set<string>) => {
    const shared = clause.intersection(stems)
    return shared.size > 3 && lexicon.weightOf(shared) >= lexicon.weightOf(clause) * minShareOfClause
  }
  return clauses.length > 1 && clauses.some(isTold)
}

const maxFewStems = 6
const minSharedWithClause = 0.45
const minShareOfClause = 0.7

const minStatementsForWeights = 12
/** The part of the stems of a takeaway that the first sentence must share; less is enough where it shares three. */
const minLeadShare = 0.45
const minLeadShareOfMany = 0.34

/** A span of a passage as evidence, with the references whose marks stand in it, else those of the passage. */
export function evidenceIn(page: Page, part: PagePart, span: Span): Evidence {
  const { start, end } = clip(page.text, span)
  const quote = page.text.slice(start, end)
  const own = referencesIn(part, { start, end })
  return { passage: part.n, start, end, quote, references: own.length > 0 ? own : part.references }
}
