import type { Fact } from '../../../stories/rules/facts/fact.ts'
import type { MatchedTakeaway } from '../../mail/matched-takeaway.ts'

/** A takeaway of a mail with the story that it tells, the figures in its words, and the family of its publisher. */
export type StoryClaim = MatchedTakeaway & {
  story: number
  thread: number
  facts: Fact[]
  /** How near it is to what the stream tells most, 0 to 1. */
  focus: number
  /** Its report is short and tells one thing: the title tells it too. */
  isShort: boolean
  /** The publisher that its words come from: feeds of one count once, and a copy of an agency's words for the agency. */
  publisher: string
}

/** A claim that was told before, `at` a time. `dated` is its own date, where it is known. */
export type KnownClaim = {
  story: number
  thread: number
  text: string
  facts: Fact[]
  at: Temporal.Instant
  dated?: Temporal.Instant
  isAlert: boolean
}

/**
 * A claim that the readers of a mail were told `at` a time, with its own date, the edition that told it and the title that its
 * report had then.
 */
export type ToldClaim = KnownClaim & { title: string; edition: number; dated: Temporal.Instant }

/**
 * What a story is to its reader. `new`: the reader was told nothing of it. `update`: the reader was told of it, and a figure
 * or the state is another one. `continuing`: it goes on without a new fact.
 */
export type Status = 'new' | 'update' | 'continuing'

/**
 * A story as a mail tells it; its claims are the strongest first. Of one that is new or an update these are the claims that its readers
 * were not told before; its publishers and figures are those of all.
 */
export type PlannedStory = {
  id: number
  status: Status
  headline: string
  claims: [StoryClaim, ...StoryClaim[]]
  publishers: number
  weight: number
  /** A source denies it, or both sides accuse each other. */
  isDisputed: boolean
  figures: FigureRow[]
  /** When the reader had it in an alert. */
  alertedAt: Temporal.Instant | null
}

/** The values of one kind of figure, from the newest source to the oldest: sources `differ`, or the toll `hasRisen`. */
export type FigureRow = { role: Fact['role']; differ: boolean; hasRisen: boolean; values: FigureValue[] }
export type FigureValue = { value: string; speaker: string | null; claim: StoryClaim }
