import { piecesOf } from '../edits/numbers.ts'
import { clip, type Page, type PagePart, referencesIn, type Span } from '../passages/page.ts'
import type { Evidence } from '../types.ts'
import { attributionOf } from './attribution.ts'
import { withoutDateline } from './claim-start.ts'
import { coverage, type Lexicon } from './lexicon.ts'
import type { ListItem } from './stated-list.ts'
import { type Statement, tokensWithin } from './statement.ts'
import { addsToOthers } from './wording.ts'

/** A quotation must hold this share of a takeaway's weight, and half of its stems, to be its evidence. */
const minShare = 0.5

/** A second sentence joins the quotation when it adds at least this share of the takeaway's weight. */
const minAddedShare = 0.15

/** What supports a takeaway; `told` are the words of it that say the same as the takeaway. */
export type Support = { evidence: Evidence; told: Span }

/**
 * The support of a stated takeaway: the best sentence or two of the body outside its list, with the next figure or named
 * source after them; else the item's own words.
 */
export function statedEvidence(
  item: ListItem,
  list: ListItem[],
  page: Page,
  statements: Statement[],
  lexicon: Lexicon,
): Support {
  const listStart = list[0]?.start ?? item.start
  const listEnd = list.at(-1)?.end ?? item.end
  const isInBody = ({ part, start, end }: Statement) =>
    part.kind !== 'heading' && (end <= listStart || start >= listEnd)
  const stems = lexicon.stemsOf(tokensWithin(statements, item))
  const best = bestOf(coverage(stems, statements, lexicon, isInBody), statements)
  const quotation = best && quotationAround(best, stems, statements, lexicon)
  if (!best || !quotation) return ownEvidence(page, item)
  const textOf = (span: Span) => page.text.slice(span.start, span.end)
  const claim = textOf(item)
  const lead = statements.find(({ part }) => part.kind !== 'heading' && part.kind !== 'title')
  const isLead = best === lead && !addsToOthers(textOf(best))
  const isSame = tellsSame(quotation, stems, statements.length, isLead) && !haveOtherFigures(claim, textOf(quotation))
  if (!isSame) return ownEvidence(page, item)
  const whole = { ...quotation, end: endOfAddition(claim, best, quotation, page, statements) }
  return { evidence: evidenceIn(page, best.part, withoutDateline(page.text, whole)), told: quotation }
}

/** The evidence of an extracted sentence, or of an item that the body does not repeat: its own words. */
export function ownEvidence(page: Page, item: ListItem): Support {
  const [part] = item.parts
  if (!part) throw new Error(`The takeaway at ${item.start} has no passage.`)
  const own = item.parts.flatMap((each) => referencesIn(each, item))
  const references = own.length > 0 ? own : item.parts.flatMap((each) => each.references)
  return { evidence: { ...evidenceIn(page, part, item), references }, told: item }
}

/** The statement with the highest share; of several the first. */
function bestOf(shares: Map<number, number>, statements: Statement[]): Statement | undefined {
  let best: Statement | undefined
  let highest = 0
  for (const [index, share] of shares) {
    const statement = statements[index]
    if (!statement || share < highest || (share === highest && best && best.index < index)) continue
    best = statement
    highest = share
  }
  return best
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
  const [before, after] = [statements[best.index - 1], statements[best.index + 1]]
  const pairs = [
    ...(before?.part === best.part ? [[before, best]] : []),
    ...(after?.part === best.part ? [[best, after]] : []),
  ].map((pair) => quotationOf(pair, takeawayStems, lexicon))
  const [better] = pairs.sort((a, b) => b.share - a.share)
  return better && better.share >= alone.share + minAddedShare ? better : alone
}

/** A figure or a named source so many sentences after the words that tell the takeaway belongs to its quotation. */
const maxSentencesToAddition = 3
const maxQuoteLength = 700

/**
 * The end of a quotation that also holds what the passage adds next: a figure or a named source that the takeaway does not
 * have. Without one, the quotation ends as it is.
 */
function endOfAddition(claim: string, best: Statement, quotation: Span, page: Page, statements: Statement[]): number {
  if (adds(page.text.slice(quotation.start, quotation.end), claim)) return quotation.end
  for (let index = best.index + 1, seen = 0; seen < maxSentencesToAddition; index++) {
    const next = statements[index]
    if (next?.part !== best.part || next.end - quotation.start > maxQuoteLength) break
    if (next.start < quotation.end) continue
    seen += 1
    if (adds(page.text.slice(next.start, next.end), claim)) return next.end
  }
  return quotation.end
}

/** Whether a sentence has a figure or a speaker that the takeaway does not have. */
function adds(sentence: string, claim: string): boolean {
  const known = new Set(figuresIn(claim))
  if (figuresIn(sentence).some((figure) => !known.has(figure))) return true
  const source = attributionOf(sentence)
  return source !== null && !claim.includes(source)
}

/** Whether both texts have figures, in digits or words, and none in common: they tell of different things. */
function haveOtherFigures(claim: string, quotation: string): boolean {
  const [own, quoted] = [claim, quotation].map((text) =>
    piecesOf(text.replace(dates, ' ')).flatMap((piece) =>
      'number' in piece && piece.number > 1 ? [piece.number] : [],
    ),
  ) as [number[], number[]]
  return own.length > 0 && quoted.length > 0 && !own.some((figure) => quoted.includes(figure))
}

/** The numbers of a text, but not its days, months and years. */
function figuresIn(text: string): string[] {
  return text.replace(dates, ' ').match(/\d+(?:[.,]\d+)*/g) ?? []
}

const months = 'January|February|March|April|May|June|July|August|September|October|November|December'
const dates = new RegExp(
  `\\b(?:${months}) \\d{1,2}(?:(?:-|–| and | to )\\d{1,2})?\\b|\\b\\d{1,2} (?:${months})\\b|\\b(?:19|20)\\d{2}\\b`,
  'g',
)

function quotationOf(sentences: Statement[], takeawayStems: Set<string>, lexicon: Lexicon): Quotation {
  const stems = lexicon.stemsOf(sentences.flatMap(({ tokens }) => tokens))
  const weigh = (all: Iterable<string>) => [...all].reduce((sum, stem) => sum + lexicon.weight(stem), 0)
  const share = weigh(takeawayStems.intersection(stems)) / Math.max(1e-9, weigh(takeawayStems))
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
  if (isShort && isLead) return shared > 1 && shared >= takeawayStems.size * minLeadShare
  return shared * 2 >= takeawayStems.size && (isShort || share >= minShare)
}

const minStatementsForWeights = 12
const minLeadShare = 0.45

function evidenceIn(page: Page, part: PagePart, span: Span): Evidence {
  const { start, end } = clip(page.text, span)
  const quote = page.text.slice(start, end)
  const own = referencesIn(part, { start, end })
  return { passage: part.n, start, end, quote, references: own.length > 0 ? own : part.references }
}
