/** Offsets everywhere are UTF-16 units into the canonical text of one reading, `end` exclusive. */

/** What is read: one report in one of three forms. */
export type Source = {
  title?: string | undefined
  url?: string | undefined
  language?: string | undefined
} & ({ html: string } | { markdown: string } | { text: string })

/** A citation mark as the publisher wrote it (`12` for [12]), with the link of its footnote where the report has one. */
export type Reference = { mark: string; url?: string }

export type PassageKind = 'heading' | 'paragraph' | 'item' | 'row' | 'quote' | 'notes'

/** One block of the report; `level` is the depth of a heading (1 to 6) or of a list item (1 outermost), else 0. */
export type Passage = {
  n: number
  kind: PassageKind
  level: number
  start: number
  end: number
  references: Reference[]
}

/** The words of the report that support a takeaway; `slice(start, end) === quote`, always. */
export type Evidence = { passage: number; start: number; end: number; quote: string; references: Reference[] }

/** A word or phrase that a topic's rule found. */
export type Word = { text: string; start: number; end: number }

/**
 * One topic found; `score` is 0 to 1 and comparable between topics; `via` passage is the weaker kind. Words found in a title
 * have their offsets in the title.
 */
export type TopicMatch = {
  topic: string
  version: number
  score: number
  words: Word[]
  via: 'takeaway' | 'title' | 'passage'
}

/** One claim of a report. `kind` stated: from the publisher's own list; extracted: a sentence that we chose. */
export type Takeaway = {
  ordinal: number
  kind: 'stated' | 'extracted'
  text: string
  start: number
  end: number
  attribution: string | null
  evidence: Evidence[]
  topics: TopicMatch[]
}

/** A report, read: its canonical text and everything found in it. */
export type Reading = {
  text: string
  passages: Passage[]
  takeaways: Takeaway[]
  topics: TopicMatch[]
}

/** What a person may write as a rule; parsed by `topicRuleSchema` of rule.ts, which explains each field. */
export type TopicRule = {
  slug: string
  name: string
  description: string
  version: number
  threshold: number
  rule: unknown
}

/** A topic as people see it. */
export type TopicName = { slug: string; name: string }
