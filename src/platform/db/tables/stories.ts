import type { Generated } from 'kysely'
import type { Id, Instant, Json } from './columns.ts'

/** The tables about stories: claims of one event, the links between them, their figures, and what finds them again. */
export type StoryTables = {
  threads: { id: Id }
  /** `merged_into`: the story to which its last claims moved. */
  stories: { id: Id; thread_id: number; merged_into: Generated<number | null> }
  /**
   * A claim is the first takeaway of its wording; `unit` is what the rules compare, and `focus` the share of claims before it
   * that have one of its names, 0 to 1. A claim on no topic `follows` another one into its story, and makes none.
   */
  story_claims: {
    wording: number
    story_id: number
    at: Instant
    unit: Json<unknown>
    focus: number
    follows: Generated<number | null>
  }
  /** `counted`: the term is in `term_counts`, which change once a day. Those of claims that only follow are never in it. */
  story_terms: {
    term: string
    at: Instant
    wording: number
    counted: Generated<boolean>
    follows: Generated<boolean>
  }
  term_counts: { term: string; claims: number }
  story_links: { wording: number; other: number; likeness: number; why: Json<unknown> }
  facts: FactTable
  /** The first takeaways of new wordings, which a trigger adds: they are to be placed, or told to be in no story. */
  open_claims: { wording: number }
}

type FactTable = {
  wording: number
  ordinal: number
  role: string
  value: string
  low: number
  high: number
  bound: string | null
  unit: string | null
  speaker: string | null
  start: number
  end: number
}
