import { clip, type Page, type PagePart, referencesIn, type Span } from '../passages/page.ts'
import type { Evidence } from '../types.ts'
import { coverage, type Lexicon } from './lexicon.ts'
import type { ListItem } from './stated-list.ts'
import { type Statement, tokensWithin } from './statement.ts'

/** A body sentence must hold this much of a stated claim's weight, and half of its plain words, to stand for it. */
const good = 0.5

/** A second sentence joins the quote when it brings at least this much more of the claim. */
const worthAdding = 0.15

/** What backs a stated takeaway: the best sentence or two of the body, outside the list; else the entry's own words. */
export function statedEvidence(
  entry: ListItem,
  list: ListItem[],
  page: Page,
  statements: Statement[],
  lexicon: Lexicon,
): Evidence {
  const first = list[0]?.start ?? entry.start
  const last = list.at(-1)?.end ?? entry.end
  const inBody = (s: Statement) => s.part.kind !== 'heading' && (s.end <= first || s.start >= last)
  const claim = lexicon.stemsOf(tokensWithin(statements, entry))
  const shares = coverage(claim, statements, lexicon, inBody)
  const best = bestOf(shares, statements)
  const quote = best && widened(best, claim, statements, lexicon)
  return quote && quote.share >= good && holdsHalf(quote.stems, claim)
    ? quoteOf(page, best.part, quote)
    : ownEvidence(page, entry)
}

/** The words themselves as their own evidence: an extracted sentence, or an entry that the body does not say again. */
export function ownEvidence(page: Page, entry: ListItem): Evidence {
  const part = entry.parts[0]
  if (!part) throw new Error(`a takeaway at ${entry.start} has no passage`)
  const references = entry.parts.flatMap((p) => referencesIn(p, entry))
  return { ...quoteOf(page, part, entry), references }
}

function bestOf(shares: Map<number, number>, statements: Statement[]): Statement | undefined {
  let best: Statement | undefined
  let top = 0
  for (const [order, share] of shares) {
    const statement = statements[order]
    if (!statement || share < top || (share === top && best && best.order < order)) continue
    best = statement
    top = share
  }
  return best
}

type Quote = Span & { share: number; stems: Set<string> }

/** The sentence, with its neighbour in the same passage when the claim is told over the two. */
function widened(best: Statement, claim: Set<string>, statements: Statement[], lexicon: Lexicon): Quote {
  const alone = measured([best], claim, lexicon)
  const pairs = [statements[best.order - 1], statements[best.order + 1]].flatMap((next) =>
    next && next.part === best.part
      ? [
          measured(
            [best, next].sort((a, b) => a.order - b.order),
            claim,
            lexicon,
          ),
        ]
      : [],
  )
  const pair = pairs.sort((a, b) => b.share - a.share)[0]
  return pair && pair.share >= alone.share + worthAdding ? pair : alone
}

function measured(told: Statement[], claim: Set<string>, lexicon: Lexicon): Quote {
  const stems = lexicon.stemsOf(told.flatMap((s) => s.tokens))
  const weigh = (all: Iterable<string>) => [...all].reduce((sum, stem) => sum + lexicon.weight(stem), 0)
  const share = weigh(claim.intersection(stems)) / Math.max(1e-9, weigh(claim))
  return { start: told[0]?.start ?? 0, end: told.at(-1)?.end ?? 0, share, stems }
}

function holdsHalf(stems: Set<string>, claim: Set<string>): boolean {
  return claim.intersection(stems).size * 2 >= claim.size
}

function quoteOf(page: Page, part: PagePart, span: Span): Evidence {
  const { start, end } = clip(page.text, span)
  return {
    passage: part.n,
    start,
    end,
    quote: page.text.slice(start, end),
    references: referencesIn(part, { start, end }),
  }
}
