import { oncePerText } from '../once-per-text.ts'
import { tokensOf } from '../tokens.ts'
import { leadInLength } from './claim-start.ts'
import { hasUnnamedNoun } from './definite-nouns.ts'
import { type Lexicon, stemsOf } from './lexicon.ts'
import { isBareDetection, isConceded, isExhortation } from './no-finding.ts'
import { namesIntroduced } from './open-references.ts'
import { lacksSpeaker } from './speech.ts'
import type { Statement } from './statement.ts'
import { isTelling } from './telling.ts'
import { cueScore, dependsOnPrevious, isFactOfAnecdote, isPartOfQuotation } from './wording.ts'

/** What the rank of a sentence depends on besides its own words. */
type RankContext = { text: string; claim: string; onTopic: (statement: Statement) => boolean }

/**
 * The weight of each feature of a sentence; a feature is about 0 to 1. Lead and position alone choose nearly as well;
 * each other weight stays because it adds.
 */
const weights = { lead: 1, position: 1, centrality: 0.4, bold: 1, cue: 0.5, title: 1, topic: 0.2, length: 0.8 }

/** What a sentence loses for its similarity to a chosen one, and for being in the same passage as a chosen one. */
const similarityPenalty = 1
const samePassagePenalty = 0.5

/** A sentence that shares this part of the weight with a chosen one, and names nothing else, comes after all others. */
const minRepeated = 0.6
const repeatPenalty = 10

/** How many of the best sentences are compared with each other. */
const maxCompared = 400

/**
 * Chooses the most important sentences of a report, best first. A sentence scores when it leads its paragraph, stands
 * early, shares the report's vocabulary (centroid, after Radev et al. 2004), is set in bold, or states a judgement or a
 * change. Each next one is chosen for what it adds (maximal marginal relevance, Carbonell and Goldstein 1998).
 * Sentences that cannot stand alone are left out; those that name nothing of what they speak of count for the vocabulary.
 */
export function rankStatements(
  statements: Statement[],
  lexicon: Lexicon,
  context: RankContext,
  limit: number,
): Statement[] {
  const candidates = candidatesAmong(statements, context.text).map((statement) => {
    const { stems } = statement
    return { statement, stems, weight: lexicon.weightOf(stems) }
  })
  const centre = centroid(candidates, lexicon)
  const title = stemsOf(tokensOf(context.claim))
  const report = { centre, title, context, length: statements.length }
  const scored = candidates.map((candidate) => ({ ...candidate, score: scoreOf(candidate, report), penalty: 0 }))
  return choose(scored.sort((a, b) => b.score - a.score).slice(0, maxCompared), lexicon, context.text, limit)
}

/** A statement with its stems, and what they weigh together. */
type Candidate = { statement: Statement; stems: Set<string>; weight: number }
type Scored = Candidate & { score: number; penalty: number }

function candidatesAmong(statements: Statement[], text: string): Statement[] {
  const prose = statements.filter(({ part: { kind } }) => kind === 'paragraph' || kind === 'quote' || kind === 'item')
  const independent = prose.filter((statement) => isIndependent(statement, text))
  return independent.length > 0 ? independent : prose
}

/** Whether a sentence of a text is whole, of usual length, and understood without the sentences around it, or with the one before it. */
export const standsAlone = (statement: Statement, text: string): boolean =>
  isIndependent(statement, text) && !isOpen(statement, text)

/** Whether a sentence is whole, of usual length, and leans on no other one. */
export function isIndependent(statement: Statement, text: string): boolean {
  const { start, tokens, spoken } = statement
  if (spoken || tokens.length < 6 || tokens.length > 70) return false
  const sentence = clauseOf(statement, text)
  const depends =
    (dependsOnPrevious(sentence) && !isFactOfAnecdote(sentence)) || namesIntroduced(sentence, text.slice(0, start))
  if (isExhortation(sentence) || isBareDetection(sentence)) return false
  const isWhole = isEnded.test(sentence) && !depends && !isPartOfQuotation(sentence)
  return isWhole && isTelling(statement, text) && !lacksSpeaker(sentence)
}

/** Whether an independent sentence leaves open what it speaks of, or what is said against it. */
const isOpen = (statement: Statement, text: string): boolean => {
  const sentence = clauseOf(statement, text)
  return isUnnamed(sentence) || isConceded(sentence, text.slice(statement.end, statement.part.end))
}

/** A sentence without its lead-in. */
const clauseOf = ({ start, end }: Statement, text: string): string =>
  text.slice(start + leadInLength(text.slice(start, end)), end)

/** A report asks of the same sentence for its list, its topics and its choice. */
const isUnnamed = oncePerText(hasUnnamedNoun)

const isEnded = /[.!…。！]["'”’»)\]]*$/

/** What a sentence is scored against; `length` is the number of the report's statements. */
type Report = { centre: Map<string, number>; title: Set<string>; context: RankContext; length: number }

function scoreOf({ statement, stems }: Candidate, { centre, title, context, length }: Report): number {
  const { tokens } = statement
  const centrality = [...stems].reduce((sum, stem) => sum + (centre.get(stem) ?? 0), 0) / Math.sqrt(stems.size + 4)
  const inTitle = title.size === 0 ? 0 : stems.intersection(title).size / title.size
  const fittingLength = tokens.length < 12 ? tokens.length / 12 : Math.max(0, 1 - Math.max(0, tokens.length - 35) / 35)
  return (
    weights.lead * (statement.first ? 1 : 0) +
    weights.position * (1 - statement.index / Math.max(1, length)) +
    weights.centrality * centrality +
    weights.bold * statement.bold +
    weights.cue * cueScore(context.text.slice(statement.start, statement.end)) +
    weights.title * inTitle +
    weights.topic * (context.onTopic(statement) ? 1 : 0) +
    weights.length * fittingLength
  )
}

/** The report's own vocabulary: how much each stem weighs over all candidates, the heaviest being 1. */
function centroid(candidates: Candidate[], lexicon: Lexicon): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { stems } of candidates)
    for (const stem of stems) sums.set(stem, (sums.get(stem) ?? 0) + lexicon.weight(stem))
  const heaviest = sums.values().reduce((highest, sum) => Math.max(highest, sum), 1e-9)
  return new Map([...sums].map(([stem, sum]) => [stem, sum / heaviest]))
}

/**
 * Each next sentence is the one with the highest score after the penalty for what it repeats of the chosen ones. Open ones are
 * chosen where there is no other.
 */
function choose(scored: Scored[], lexicon: Lexicon, text: string, limit: number): Statement[] {
  const left = new Set(scored)
  const chosen: Statement[] = []
  const open: Statement[] = []
  while (chosen.length < limit && left.size > 0) {
    const best = [...left].reduce((a, b) => (b.score - b.penalty > a.score - a.penalty ? b : a))
    left.delete(best)
    if (isOpen(best.statement, text)) {
      open.push(best.statement)
      continue
    }
    chosen.push(best.statement)
    for (const other of left) other.penalty = Math.max(other.penalty, penaltyFor(best, other, lexicon, text))
  }
  return chosen.length > 0 ? chosen : open.slice(0, limit)
}

function penaltyFor(a: Candidate, b: Candidate, lexicon: Lexicon, text: string): number {
  const passagePenalty = a.statement.part === b.statement.part ? samePassagePenalty : 0
  const shared = similarity(a, b, lexicon)
  return (
    similarityPenalty * shared + passagePenalty + (shared >= minRepeated && !addsName(a, b, text) ? repeatPenalty : 0)
  )
}

/** Whether a sentence has a name or a number that a chosen one does not have. */
function addsName(chosen: Candidate, other: Candidate, text: string): boolean {
  const [known, names] = [chosen, other].map(({ statement: { start, end } }) => namesIn(text.slice(start, end)))
  return names !== undefined && known !== undefined && !names.isSubsetOf(known)
}

const namesIn = (sentence: string) =>
  new Set(sentence.match(/(?<!\p{L})(?!(?:The|An?|In|On|At|By|As|For|Its?)(?!\p{L}))\p{Lu}[\p{L}-]+|\d+/gu))

/** The shared weight of two sentences' stems over that of the lighter one, 0 to 1. */
function similarity(a: Candidate, b: Candidate, lexicon: Lexicon): number {
  return lexicon.weightOf(a.stems.intersection(b.stems)) / Math.max(1e-9, Math.min(a.weight, b.weight))
}
