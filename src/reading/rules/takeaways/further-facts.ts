import { type Page, textOf } from '../passages/page.ts'
import { endOfAddition } from './addition.ts'
import type { Candidate, ReportBody } from './candidates.ts'
import { sharedCount, stemsOf } from './lexicon.ts'
import { namesAny, placesIn } from './place-names.ts'
import { type QuotedClaim, quotationOf } from './quotation.ts'
import type { Sentences } from './report.ts'
import { type Statement, tokensWithin } from './statement.ts'
import { isTelling } from './telling.ts'
import { maxFewStems } from './tells-claim.ts'
import { addsToOthers, dependsOnPrevious } from './wording.ts'

/** A claim has at most so many quotations. */
const maxQuotations = 3
/** A clause is untold while its quotations hold less than this share of its weight. */
const maxUntold = 0.5
/** A sentence tells a clause if it holds this share of it, with so many stems. */
const minShareOfClause = 0.6
const minStemsOfClause = 3
const minMissing = 2
/** A sentence that names a place of the claim tells of it there if it holds this share of the whole claim, with so many stems. */
const minShareAtPlace = 0.35
const minStemsAtPlace = 4
/** Or this share of one of its clauses. */
const minShareOfPlace = 0.5
/** So many of the sentences that share most with the claim are looked at. */
const maxTried = 25
/** A sentence that leads its passage goes before one that does not, and one that adds to others goes behind. */
const preferred = 0.1

/**
 * The quotations with those of the facts that they do not tell: a clause of the claim, or one of the places that it names.
 * Each new one goes on to its next figure or source.
 */
export function withFurtherFacts(
  claim: QuotedClaim,
  told: Candidate[],
  body: ReportBody,
  report: Sentences,
): Candidate[] {
  const quotations = [...told]
  // Of a claim with few words, the one that is missing may be what it says.
  if (told.length === 0 && claim.stems.size <= maxFewStems) return []
  while (quotations.length < maxQuotations) {
    const next = nextFact(claim, quotations, body, report)
    if (!next) break
    quotations.push({ ...next, quotation: { ...next.quotation, end: endOfAddition(claim, next, report) } })
  }
  return quotations
}

/** The sentence that best tells one of the facts that no quotation tells yet. */
function nextFact(claim: QuotedClaim, told: Candidate[], body: ReportBody, report: Sentences): Candidate | undefined {
  const { page, lexicon } = report
  const untold = untoldOf(claim, told, report)
  if (!untold) return undefined
  const isNew = ({ start, end, part }: Statement) =>
    part.kind === 'paragraph' && told.every(({ quotation }) => end <= quotation.start || start >= quotation.end)
  const best = body.sharing
    .slice(0, maxTried)
    .filter(isNew)
    .map((statement) => ({ statement, fit: fitOf(statement, claim, untold, body, report) }))
    .filter(({ fit }) => fit > 0)
    .map(({ statement, fit }) => ({ statement, fit: fit + preferenceFor(statement, page) }))
    .sort((a, b) => b.fit - a.fit)
    .find(({ statement }) => isOfClaim(statement, claim, page))?.statement
  return best && { best, quotation: quotationOf([best], claim, lexicon) }
}

const preferenceFor = (statement: Statement, page: Page) =>
  (statement.first ? preferred : 0) - (addsToOthers(textOf(page, statement)) ? preferred : 0)

function isOfClaim(statement: Statement, claim: QuotedClaim, page: Page): boolean {
  const sentence = textOf(page, statement)
  return isTelling(statement, page.text) && !dependsOnPrevious(sentence) && !claim.isOtherEvent(sentence)
}

/** The clauses and the places of a claim that its quotations do not tell, and all its clauses. */
type Untold = { clauses: Set<string>[]; places: string[]; all: Set<string>[] }

function untoldOf(claim: QuotedClaim, told: Candidate[], { page, statements, lexicon }: Sentences): Untold | undefined {
  const stems = stemsOf(told.flatMap(({ quotation }) => tokensWithin(statements, quotation)))
  const missing = claim.stems.size - sharedCount(claim.stems, stems)
  if (missing === 0) return undefined
  const quotes = told.map(({ quotation }) => textOf(page, quotation)).join('\n')
  const named = [...new Set(placesIn(claim.text))].filter((place) => place !== 'axis')
  const places = named.filter((place) => !namesAny(quotes, [place]))
  if (places.length === 0 && missing < minMissing) return undefined
  const all = claim.clauses
  const isUntold = (clause: Set<string>) =>
    lexicon.weightOf(clause.intersection(stems)) < lexicon.weightOf(clause) * maxUntold
  const clauses = all.filter(isUntold)
  return clauses.length === 0 && places.length === 0 ? undefined : { clauses, places, all }
}

/** How well a sentence tells what is untold; 0 if it does not. */
function fitOf(
  statement: Statement,
  claim: QuotedClaim,
  untold: Untold,
  body: ReportBody,
  { page, lexicon }: Sentences,
): number {
  const stems = statement.stems
  const shareOfClause = (clause: Set<string>, minStems: number) => {
    if (sharedCount(clause, stems) < minStems) return 0
    return lexicon.weightOf(clause.intersection(stems)) / lexicon.weightOf(clause)
  }
  const ofClause = Math.max(0, ...untold.clauses.map((clause) => shareOfClause(clause, minStemsOfClause)))
  if (ofClause >= minShareOfClause) return ofClause
  if (untold.places.length === 0 || sharedCount(claim.stems, stems) < minStemsAtPlace) return 0
  const share = body.shareOf(statement)
  const atPlace = Math.max(0, ...untold.all.map((clause) => shareOfClause(clause, minStemsAtPlace)))
  const isSame = share >= minShareAtPlace || atPlace >= minShareOfPlace
  return isSame && namesAny(textOf(page, statement), untold.places) ? Math.max(share, atPlace) : 0
}
