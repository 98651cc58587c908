import { clip, type Page, type PagePart, referencesIn, type Span } from '../passages/page.ts'
import type { Evidence } from '../types.ts'
import { coverage, type Lexicon } from './lexicon.ts'
import type { ListItem } from './stated-list.ts'
import { type Statement, tokensWithin } from './statement.ts'

/** A quotation must hold this share of a takeaway's weight, and half of its stems, to be its evidence. */
const minShare = 0.5

/** A second sentence joins the quotation when it adds at least this share of the takeaway's weight. */
const minAddedShare = 0.15

/**
 * The evidence of a stated takeaway: the best sentence or two of the body outside its list, else the item's own words.
 */
export function statedEvidence(
  item: ListItem,
  list: ListItem[],
  page: Page,
  statements: Statement[],
  lexicon: Lexicon,
): Evidence {
  const listStart = list[0]?.start ?? item.start
  const listEnd = list.at(-1)?.end ?? item.end
  const isInBody = ({ part, start, end }: Statement) =>
    part.kind !== 'heading' && (end <= listStart || start >= listEnd)
  const stems = lexicon.stemsOf(tokensWithin(statements, item))
  const best = bestOf(coverage(stems, statements, lexicon, isInBody), statements)
  const quotation = best && quotationAround(best, stems, statements, lexicon)
  return quotation && quotation.share >= minShare && holdsHalf(quotation.stems, stems)
    ? evidenceIn(page, best.part, quotation)
    : ownEvidence(page, item)
}

/** The evidence of an extracted sentence, or of an item that the body does not repeat: its own words. */
export function ownEvidence(page: Page, item: ListItem): Evidence {
  const [part] = item.parts
  if (!part) throw new Error(`The takeaway at ${item.start} has no passage.`)
  const references = item.parts.flatMap((each) => referencesIn(each, item))
  return { ...evidenceIn(page, part, item), references }
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

function quotationOf(sentences: Statement[], takeawayStems: Set<string>, lexicon: Lexicon): Quotation {
  const stems = lexicon.stemsOf(sentences.flatMap(({ tokens }) => tokens))
  const weigh = (all: Iterable<string>) => [...all].reduce((sum, stem) => sum + lexicon.weight(stem), 0)
  const share = weigh(takeawayStems.intersection(stems)) / Math.max(1e-9, weigh(takeawayStems))
  return { start: sentences[0]?.start ?? 0, end: sentences.at(-1)?.end ?? 0, share, stems }
}

function holdsHalf(stems: Set<string>, takeawayStems: Set<string>): boolean {
  return takeawayStems.intersection(stems).size * 2 >= takeawayStems.size
}

function evidenceIn(page: Page, part: PagePart, span: Span): Evidence {
  const { start, end } = clip(page.text, span)
  const quote = page.text.slice(start, end)
  return { passage: part.n, start, end, quote, references: referencesIn(part, { start, end }) }
}
