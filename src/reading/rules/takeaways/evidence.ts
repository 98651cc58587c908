import { clip, type Page, type PagePart, referencesIn, type Span, textOf } from '../passages/page.ts'
import type { Evidence } from '../types.ts'
import { maxQuoteLength } from './addition.ts'
import { bodyFor, type Candidate, nearlyBest, type ReportBody } from './candidates.ts'
import { carries, extended, type FoundEvidence } from './carrying.ts'
import { withoutDateline } from './claim-start.ts'
import { factsOf, saysAct, shareTold } from './facts.ts'
import { withFurtherFacts } from './further-facts.ts'
import type { ListItem } from './list-item.ts'
import { namesSameEvent, tellsOtherEvent } from './other-event.ts'
import { paraphraseOf } from './paraphrase.ts'
import { claimOf, type QuotedClaim, quotationOf } from './quotation.ts'
import { arranged } from './quotations-together.ts'
import type { Sentences } from './report.ts'
import { isShortReport, leadOf } from './short-report.ts'
import type { Statement } from './statement.ts'
import { isTelling } from './telling.ts'
import { tellsClause, tellsSame } from './tells-claim.ts'
import { widerQuotation } from './wider-quotation.ts'
import { addsToOthers } from './wording.ts'

/** What supports a takeaway; `told` are the words of it that say the same as the takeaway. */
export type Support = { evidence: Evidence[]; told: Span[] }

/**
 * The support of a stated takeaway: the best sentence or two of the body outside its list, with the next figure or named
 * source after them; else the item's own words. `taken` are quotations that tell of other items only.
 */
export function statedEvidence(item: ListItem, list: ListItem[], report: Sentences, taken: Span[] = []): Support {
  const { page } = report
  const below = item.parts[0]?.kind === 'heading' ? textBelow(item, report) : undefined
  if (below) return below
  const claim = claimOf(item, report)
  const body = bodyFor(item, list, claim, report, taken)
  const found = toldBy(claim, body, report)
  const quoted = found ? [found.extended] : []
  const told = isShortReport(report) ? quoted : withFurtherFacts(claim, quoted, body, report)
  const spans = told.map(({ quotation }) => quotation)
  const isTold = found !== undefined || carries(spans, claim, report.statements)
  const [first, ...others] = arranged(told, claim, report)
  if (!first || !isTold) return inOtherWords(item, claim, body, report)
  const lead = untoldLead(claim, first, body, report)
  const all = lead ? [lead, ...[first, ...others].filter((each) => !overlaps(each, lead))] : [first, ...others]
  const evidence = all.map((each) => quotationIn(page, each))
  return { evidence, told: [(found?.told ?? first).quotation] }
}

const overlaps = (one: Candidate, other: Candidate): boolean =>
  one.quotation.start < other.quotation.end && other.quotation.start < one.quotation.end

const quotationIn = (page: Page, { best, quotation }: Candidate): Evidence =>
  evidenceIn(page, best.part, withoutDateline(page.text, quotation))

/** The sentence that tells the first of several facts of a claim, where its first quotation only tells the others. */
function untoldLead(claim: QuotedClaim, first: Candidate, body: ReportBody, report: Sentences): Candidate | undefined {
  if (isShortReport(report)) return undefined
  const [lead, second] = factsOf(claim.text)
  if (lead === undefined || second === undefined) return undefined
  const quotes = textOf(report.page, first.quotation)
  if (shareTold(lead, quotes, report.lexicon) >= minLeadTold) return undefined
  const found = paraphraseOf(lead, claim, body, report)
  return found && extended(claim, found, report)
}

const minLeadTold = 0.5

/** The support of an item that no sentence repeats: sentences that tell its facts in other words, else its own words alone. */
function inOtherWords(item: ListItem, claim: QuotedClaim, body: ReportBody, report: Sentences): Support {
  const own = ownEvidence(report.page, item)
  if (isShortReport(report)) return own
  const found = factsOf(claim.text).flatMap((fact) => paraphraseOf(fact, claim, body, report) ?? [])
  const quotations = arranged(
    [...new Map(found.map((each) => [each.best, extended(claim, each, report)])).values()],
    claim,
    report,
  )
  const [first] = quotations
  if (!first) return own
  const evidence = quotations.map((each) => quotationIn(report.page, each))
  const isCarried = carries([first.quotation], claim, report.statements)
  return { evidence: isCarried ? evidence : [...own.evidence, ...evidence], told: own.told }
}

/**
 * The support of an item whose quotation tells of another one: the sentence with most of its words that says what it says was done;
 * else its own words.
 */
export function evidenceOfAct(item: ListItem, list: ListItem[], report: Sentences, taken: Span[]): Support {
  const { page, lexicon } = report
  const own = ownEvidence(page, item)
  const claim = claimOf(item, report)
  const body = bodyFor(item, list, claim, report, taken)
  const saysSame = (statement: Statement) => {
    const sentence = textOf(page, statement)
    return saysAct(claim.text, sentence) && isTelling(statement, page.text) && !claim.isOtherEvent(sentence)
  }
  const best = body.sharing.find((statement) => body.shareOf(statement) >= minShareOfAct && saysSame(statement))
  if (!best) return own
  const quoted = quotationIn(page, { best, quotation: quotationOf([best], claim, lexicon) })
  const isCarried = carries([quoted], claim, report.statements)
  return { evidence: isCarried ? [quoted] : [...own.evidence, quoted], told: isCarried ? [quoted] : own.told }
}

const minShareOfAct = 0.35

/** The candidate that tells the claim: one that only adds to others gives way to a quotation of several sentences. */
function toldBy(claim: QuotedClaim, body: ReportBody, report: Sentences): FoundEvidence | undefined {
  const told = nearlyBest(claim, body, report).find((candidate) => tellsItem(candidate, claim, report))
  const isWhole = told && (isShortReport(report) || !addsToOthers(textOf(report.page, told.best)))
  const wider = isWhole || isShortReport(report) ? undefined : widerQuotation(claim, body, report)
  if (!told || (wider && wider.told.quotation.share >= told.quotation.share * minWider)) return wider
  return { told, extended: extended(claim, told, report) }
}

const minWider = 0.9

/** Whether a candidate tells the claim, and no other event in the same words. */
function tellsItem({ best, quotation }: Candidate, claim: QuotedClaim, report: Sentences): boolean {
  const { page, statements, lexicon } = report
  const isLead = best === leadOf(report) && !addsToOthers(textOf(page, best))
  const quote = textOf(page, quotation)
  if (!claim.isSameDeed(textOf(page, best))) return false
  if (!isShortReport(report))
    return tellsSame(quotation, claim, statements.length, false) || tellsClause(claim, quotation, lexicon)
  const isSame = tellsSame(quotation, claim, statements.length, isLead) || (isLead && namesSameEvent(claim.text, quote))
  return isSame && !claim.isOtherEvent(quote)
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

/** A span of a passage as evidence, with the references whose marks stand in it, else those of the passage. */
export function evidenceIn(page: Page, part: PagePart, span: Span): Evidence {
  const { start, end } = clip(page.text, span)
  const quote = page.text.slice(start, end)
  const own = referencesIn(part, { start, end })
  return { passage: part.n, start, end, quote, references: own.length > 0 ? own : part.references }
}
