import { isolated } from '../platform/text/direction.ts'
import { outwardLink, passageLink } from '../platform/text/outward-link.ts'
import { withArticle } from '../platform/text/with-article.ts'
import { sourceLabel } from '../reading/rules/source-label.ts'
import type { Evidence, PassageKind, TopicWord } from '../reading/rules/types.ts'

/** The reading of an item, as the store returns it. */
export type ItemFacts = {
  url: string | null
  text: string
  passages: ReadPassage[]
  takeaways: {
    id: number
    kind: 'stated' | 'extracted'
    text: string
    attribution: string | null
    evidence: Evidence[]
    matches: { topic: string; version: number; score: number; words: TopicWord[] }[]
  }[]
}
type ReadPassage = { n: number; kind: PassageKind; level: number; start: number; end: number }

/** A part of a passage in one style: quoted as evidence, matched by a rule, both or neither. */
export type PassagePiece = { text: string; quoted: boolean; matched: boolean }
export type ShownPassage = { n: number; kind: PassageKind; level: number; gap: boolean; pieces: PassagePiece[] }
export type ShownTakeaway = {
  id: number
  text: string
  source: string
  topics: { name: string; version: number; score: string; words: string }[]
  passage: number | null
  link: string | null
}
export type ItemView = { takeaways: ShownTakeaway[]; passages: ShownPassage[] }

const maxNeighbourLength = 400

/**
 * The view of an item. The full text belongs to its publisher: unless `whole`, only the passages with evidence are shown,
 * each with one neighbour on either side. `gap` means that passages before this one were left out.
 */
export function itemView(facts: ItemFacts, { whole, names }: { whole: boolean; names: Map<string, string> }): ItemView {
  const cited = new Set(facts.takeaways.flatMap((t) => t.evidence.map((evidence) => evidence.passage)))
  const beside = (n: number) => cited.has(n - 1) || cited.has(n + 1)
  const shown = facts.passages.filter(({ n }) => whole || cited.has(n) || beside(n))
  const marks = marksIn(facts)
  return {
    takeaways: facts.takeaways.map((takeaway) => toTakeaway(takeaway, facts.url, names)),
    passages: shown.map((passage, i) => ({
      n: passage.n,
      kind: passage.kind,
      level: passage.level,
      gap: i > 0 && shown[i - 1]?.n !== passage.n - 1,
      pieces: piecesOf(facts.text, whole || cited.has(passage.n) ? passage : neighbour(passage), marks),
    })),
  }
}

function toTakeaway(takeaway: ItemFacts['takeaways'][number], url: string | null, names: Map<string, string>) {
  const [evidence] = takeaway.evidence
  const attribution = takeaway.attribution ? `, attributed to ${isolated(withArticle(takeaway.attribution))}` : ''
  return {
    id: takeaway.id,
    text: takeaway.text,
    source: `${sourceLabel(takeaway)}${attribution}`,
    topics: takeaway.matches.map(({ topic, version, score, words }) => ({
      name: names.get(topic) ?? topic,
      version,
      score: score.toFixed(2),
      words: [...new Set(words.map((word) => isolated(word.text)))].join(', '),
    })),
    passage: evidence?.passage ?? null,
    link: evidence ? passageLink(outwardLink(url), evidence.quote) : null,
  }
}

function neighbour(passage: ReadPassage): ReadPassage & { cut: boolean } {
  const cut = passage.end - passage.start > maxNeighbourLength
  return { ...passage, end: cut ? passage.start + maxNeighbourLength : passage.end, cut }
}

type Span = { start: number; end: number }
type Marks = { quotes: Span[]; words: Span[] }

function marksIn({ takeaways }: ItemFacts): Marks {
  return {
    quotes: takeaways.flatMap((takeaway) => takeaway.evidence),
    words: takeaways.flatMap((takeaway) => takeaway.matches.flatMap((match) => match.words)),
  }
}

/** Cuts a passage wherever a quote or a matched word begins or ends. */
function piecesOf(text: string, passage: ReadPassage & { cut?: boolean }, { quotes, words }: Marks): PassagePiece[] {
  const { start, end } = passage
  const within = (spans: Span[]) => spans.filter((span) => span.start < end && span.end > start)
  const [quoted, matched] = [within(quotes), within(words)]
  const bounds = [start, end, ...[...quoted, ...matched].flatMap((span) => [span.start, span.end])]
  const cuts = [...new Set(bounds.filter((at) => at >= start && at <= end))].sort((a, b) => a - b)
  const holds = (spans: Span[], at: number) => spans.some((span) => span.start <= at && at < span.end)
  const pieces = cuts.slice(1).map((to, i) => {
    const from = cuts[i] ?? to
    return { text: text.slice(from, to), quoted: holds(quoted, from), matched: holds(matched, from) }
  })
  return passage.cut ? [...pieces, { text: ' …', quoted: false, matched: false }] : pieces
}
