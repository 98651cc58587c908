import { tokensOf } from '../tokens.ts'
import type { Lexicon } from './lexicon.ts'
import type { Statement } from './statement.ts'
import { cueScore, leansBack, speaksOfItself } from './wording.ts'

/** What may help a sentence besides its own words. */
export type RankContext = { text: string; title: string; onTopic: (statement: Statement) => boolean }

/** How much each sign counts; every sign is about 0 to 1. Set by reason on the kind of report, not fitted to single ones. */
const weights = { lead: 1, position: 0.6, centrality: 1, bold: 1, cue: 0.5, title: 0.5, topic: 0.3, length: 0.5 }

/** How much of a sentence's score its likeness to one already chosen takes away, and a second sentence of one passage. */
const redundancy = 2
const samePassage = 0.8

/** Only so many of the best sentences are compared with each other, however long the text. */
const mostCompared = 400

/**
 * Chooses the sentences that carry a report, best first: those that lead their paragraph, stand early, share the report's
 * vocabulary (centroid, after Radev et al. 2004), are set in bold, judge or tell a change; each next one is chosen for what
 * it adds (maximal marginal relevance, Carbonell and Goldstein 1998). Sentences that cannot stand alone are left out.
 */
export function rankStatements(
  statements: Statement[],
  lexicon: Lexicon,
  context: RankContext,
  most: number,
): Statement[] {
  const candidates = candidatesAmong(statements, context.text).map((statement) => ({
    statement,
    stems: lexicon.stemsOf(statement.tokens),
  }))
  const centre = centroid(candidates, lexicon)
  const title = lexicon.stemsOf(tokensOf(context.title))
  const signs = { centre, title, context, last: statements.length }
  const scored = candidates.map((candidate) => ({ ...candidate, score: score(candidate, signs), loss: 0 }))
  return chosen(scored.sort((a, b) => b.score - a.score).slice(0, mostCompared), lexicon, most)
}

type Scored = Candidate & { score: number; loss: number }

/** Each next sentence is the one with most left of its score after what it repeats of those already chosen. */
function chosen(scored: Scored[], lexicon: Lexicon, most: number): Statement[] {
  const left = new Set(scored)
  const taken: Statement[] = []
  while (taken.length < most && left.size > 0) {
    const best = [...left].reduce((a, b) => (b.score - b.loss > a.score - a.loss ? b : a))
    left.delete(best)
    taken.push(best.statement)
    for (const other of left) other.loss = Math.max(other.loss, repetition(best, other, lexicon))
  }
  return taken
}

function repetition(a: Candidate, b: Candidate, lexicon: Lexicon): number {
  return redundancy * likeness(a.stems, b.stems, lexicon) + (a.statement.part === b.statement.part ? samePassage : 0)
}

function candidatesAmong(statements: Statement[], text: string): Statement[] {
  const told = statements.filter(
    (s) => s.part.kind === 'paragraph' || s.part.kind === 'quote' || s.part.kind === 'item',
  )
  const whole = told.filter((s) => {
    const sentence = text.slice(s.start, s.end)
    return (
      s.tokens.length >= 6 &&
      s.tokens.length <= 70 &&
      ends.test(sentence) &&
      !leansBack(sentence) &&
      !speaksOfItself(sentence)
    )
  })
  return whole.length > 0 ? whole : told
}

const ends = /[.!?…]["'”’»)\]]*$/

type Candidate = { statement: Statement; stems: Set<string> }
type Signs = { centre: Map<string, number>; title: Set<string>; context: RankContext; last: number }

function score({ statement, stems }: Candidate, { centre, title, context, last }: Signs): number {
  const { tokens } = statement
  const central = [...stems].reduce((sum, stem) => sum + (centre.get(stem) ?? 0), 0) / Math.sqrt(stems.size + 4)
  const inTitle = title.size === 0 ? 0 : stems.intersection(title).size / title.size
  const fitting = tokens.length < 12 ? tokens.length / 12 : Math.max(0, 1 - Math.max(0, tokens.length - 35) / 35)
  return (
    weights.lead * (statement.first ? 1 : 0) +
    weights.position * (1 - statement.order / Math.max(1, last)) +
    weights.centrality * central +
    weights.bold * statement.bold +
    weights.cue * cueScore(context.text.slice(statement.start, statement.end)) +
    weights.title * inTitle +
    weights.topic * (context.onTopic(statement) ? 1 : 0) +
    weights.length * fitting
  )
}

/** The report's own vocabulary: how much each stem weighs over all candidates, the heaviest being 1. */
function centroid(candidates: Candidate[], lexicon: Lexicon): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { stems } of candidates)
    for (const stem of stems) sums.set(stem, (sums.get(stem) ?? 0) + lexicon.weight(stem))
  const heaviest = sums.values().reduce((heaviest, sum) => Math.max(heaviest, sum), 1e-9)
  return new Map([...sums].map(([stem, sum]) => [stem, sum / heaviest]))
}

/** The shared weight of two sentences' stems over that of the lighter one, 0 to 1. */
function likeness(a: Set<string>, b: Set<string>, lexicon: Lexicon): number {
  const weigh = (stems: Set<string>) => [...stems].reduce((sum, stem) => sum + lexicon.weight(stem), 0)
  return weigh(a.intersection(b)) / Math.max(1e-9, Math.min(weigh(a), weigh(b)))
}
