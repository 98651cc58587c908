import { clip, type Page, type PagePart, referencesIn, type Span, textOf } from '../passages/page.ts'
import type { Evidence } from '../types.ts'
import { endOfAddition, maxQuoteLength } from './addition.ts'
import { bodyFor, type Candidate, candidatesFor } from './candidates.ts'
import { withoutDateline } from './claim-start.ts'
import type { ListItem } from './list-item.ts'
import { namesSameEvent, tellsOtherEvent } from './other-event.ts'
import { type Claim, claimOf } from './quotation.ts'
import type { Sentences } from './report.ts'
import { isShortReport, leadOf } from './short-report.ts'
import { tellsClause, tellsSame } from './tells-claim.ts'
import { addsToOthers } from './wording.ts'

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
  const claim = claimOf(item, report)
  const body = bodyFor(item, list, claim, report)
  const found = candidatesFor(claim, body, report).find((candidate) => tellsItem(candidate, claim, report))
  if (!found) return ownEvidence(page, item)
  const whole = { ...found.quotation, end: endOfAddition(claim, found, report) }
  return { evidence: [evidenceIn(page, found.best.part, withoutDateline(page.text, whole))], told: [found.quotation] }
}

/** Whether a candidate tells the item, and no other event in the same words. */
function tellsItem({ best, quotation }: Candidate, claim: Claim, report: Sentences): boolean {
  const { page, statements, lexicon } = report
  const isLead = best === leadOf(report) && !addsToOthers(textOf(page, best))
  const quote = textOf(page, quotation)
  const isSame =
    tellsSame(quotation, claim, statements.length, isLead) ||
    (isShortReport(report) ? isLead && namesSameEvent(claim.text, quote) : tellsClause(claim, quotation, lexicon))
  return isSame && !tellsOtherEvent(claim.text, quote)
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
