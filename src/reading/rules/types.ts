// All offsets are UTF-16 units into the canonical text of one reading, `end` exclusive.

/** A report, in one of three forms. */
export type Source = {
  title?: string | undefined
  url?: string | undefined
  language?: string | undefined
} & ({ html: string } | { markdown: string } | { text: string })

/**
 * A citation mark as the publisher wrote it (`12` for [12]), with the address of its source where the report gives one.
 */
export type Reference = { mark: string; url?: string }

/** `title`: the title of the report, where it claims something that no other passage says. */
export type PassageKind = 'title' | 'heading' | 'paragraph' | 'item' | 'row' | 'quote' | 'notes'

/** One block of a report. `level` is the depth of a heading (1 to 6) or of a list item (1 is outermost), else 0. */
export type Passage = {
  n: number
  kind: PassageKind
  level: number
  start: number
  end: number
  references: Reference[]
}

/** The words of a report that support a takeaway. `quote` is always the canonical text from `start` to `end`. */
export type Evidence = { passage: number; start: number; end: number; quote: string; references: Reference[] }

/** A word or phrase that the rule of a topic found. */
export type TopicWord = { text: string; start: number; end: number }

/**
 * A topic that was found. `score` is 0 to 1 and comparable between topics; `via` passage is weaker than the other two.
 * The offsets of words in a title count from the start of the title.
 */
export type TopicMatch = {
  topic: string
  version: number
  score: number
  words: TopicWord[]
  via: 'takeaway' | 'title' | 'passage'
}

/** By what a stored match was found; `story`: the takeaway is on no topic, and tells the event of a story that is. */
export type MatchVia = TopicMatch['via'] | 'story'

/** One takeaway of a report. `stated`: from the publisher's own list or title; `extracted`: a sentence that was chosen. */
export type Takeaway = {
  ordinal: number
  kind: 'stated' | 'extracted'
  text: string
  start: number
  end: number
  attribution: string | null
  evidence: Evidence[]
  topics: TopicMatch[]
  /** The codes of the countries (`UA`) and regions (`UA-63`) that it tells of, sorted. */
  places: string[]
}

/** The result of reading a report: its language (ISO 639-1), its canonical text and everything found in it. */
export type Reading = {
  language: string
  text: string
  passages: Passage[]
  takeaways: Takeaway[]
  topics: TopicMatch[]
}

/** A topic with its rule as written; `topicRuleSchema` of rule.ts explains each field of the rule. */
export type TopicRule = {
  slug: string
  name: string
  description: string
  version: number
  threshold: number
  rule: unknown
}

/** A topic as readers see it. */
export type TopicName = { slug: string; name: string }
