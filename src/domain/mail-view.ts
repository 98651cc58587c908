import type { Reference, Word } from './reading/types.ts'

/** A topic as people see it. */
export type TopicName = { slug: string; name: string }

/** One takeaway as the store gives it for an edition: with its source, and every topic that it matched. */
export type Finding = {
  takeaway: number
  kind: 'stated' | 'extracted' | 'rewritten'
  text: string
  attribution: string | null
  evidence: { quote: string; references: Reference[] }[]
  matches: { topic: string; score: number; words: Word[] }[]
  item: { id: number; title: string; url: string | null; publishedAt: Temporal.Instant | null; firstSeenAt: Temporal.Instant }
  feed: { id: number; title: string; language: string | null }
  /** The greatest position of its matches: the order in which they became known. */
  position: number
}

/** A takeaway that its reader already had as an alert: one line, with when that alert closed. */
export type AlreadyAlerted = { finding: Finding; alertedAt: Temporal.Instant }
