import { type Span, textOf } from '../passages/page.ts'
import { clausesOf } from './clauses.ts'
import { onlyForecasts } from './forecasts.ts'
import { type Lexicon, sharedCount, stemsOf } from './lexicon.ts'
import type { ListItem } from './list-item.ts'
import { otherEventThan } from './other-event.ts'
import type { Sentences } from './report.ts'
import { sameDeedAs } from './same-deed.ts'
import { type Statement, tokensWithin } from './statement.ts'

/**
 * What a takeaway says: its text, its longer words as they are written, the stems of its words and of its clauses, and a test
 * for sentences that tell of another event.
 */
export type QuotedClaim = {
  text: string
  words: string[]
  stems: Set<string>
  readonly clauses: Set<string>[]
  isOtherEvent: (sentence: string) => boolean
  isSameDeed: (sentence: string) => boolean
}

export function claimOf(item: ListItem, { page, statements }: Sentences): QuotedClaim {
  const text = textOf(page, item)
  const tokens = tokensWithin(statements, item)
  const words = tokens.map(({ lexeme }) => lexeme.word).filter((word) => word.length > maxShortWord)
  const isOther = otherEventThan(text)
  const isTitle = item.parts[0]?.kind === 'title'
  let clauses: Set<string>[] | undefined
  return {
    text,
    words,
    stems: stemsOf(tokens),
    // Many candidates are compared with the clauses of one claim, and many claims need none.
    get clauses() {
      clauses ??= clausesOf(text)
      return clauses
    },
    isOtherEvent: (sentence) => isOther(sentence) || (!isTitle && onlyForecasts(sentence, text)),
    isSameDeed: isTitle ? sameDeedAs(text) : () => true,
  }
}

const maxShortWord = 3

/** Sentences of one passage that follow each other, with their stems and how much of a claim's weight they hold. */
export type Quotation = Span & { share: number; stems: Set<string> }

export function quotationOf(sentences: Statement[], claim: QuotedClaim, lexicon: Lexicon): Quotation {
  const [first, ...others] = sentences.map((sentence) => sentence.stems)
  const stems = others.reduce((all, more) => all.union(more), first ?? new Set<string>())
  const share = lexicon.weightOf(claim.stems.intersection(stems)) / Math.max(1e-9, lexicon.weightOf(claim.stems))
  return { start: sentences[0]?.start ?? 0, end: sentences.at(-1)?.end ?? 0, share, stems }
}

/** A second sentence joins the quotation when it has so many stems of the claim, and adds at least this share of its weight. */
export const minNearStems = 3
const minAddedShare = 0.15

/** The sentence, with a neighbour of the same passage when the claim is spread over the two. */
export function quotationAround(best: Statement, claim: QuotedClaim, { statements, lexicon }: Sentences): Quotation {
  const alone = quotationOf([best], claim, lexicon)
  const isNear = (other: Statement | undefined) =>
    other?.part === best.part && sharedCount(claim.stems, other.stems) >= minNearStems
  const [before, after] = [statements[best.index - 1], statements[best.index + 1]]
  const pairs = [
    ...(before && isNear(before) ? [[before, best]] : []),
    ...(after && isNear(after) ? [[best, after]] : []),
  ]
  const [better] = pairs.map((pair) => quotationOf(pair, claim, lexicon)).sort((a, b) => b.share - a.share)
  return better && better.share >= alone.share + minAddedShare ? better : alone
}
