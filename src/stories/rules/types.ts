/** What a statement is called in the database or in a file. */
export type StatementId = string | number

/**
 * A claim of a report with the words around it. `context` is the beginning of a short report, else the paragraph of the
 * statement; `passage` is the number of that paragraph, and null in a short report. `published` is in milliseconds.
 */
export type ReportedStatement = {
  id: StatementId
  report: StatementId
  passage: number | null
  published: number
  title: string
  text: string
  context: string
  language?: string | undefined
  /** The topics whose rules found the statement, where they are known. */
  topics?: string[] | undefined
}

/**
 * A statement as it is compared. `terms` are the keys of its words with their weights before those of the stream; `#4` is
 * a number and `@19312` a day since 1970. Of these, `names` are proper names. `places`, `attackers`, `crises` and `days` are
 * what it states, `topics` those that it is on, and `isSudden` says whether it tells of a deed.
 */
export type Unit = {
  id: StatementId
  report: StatementId
  passage: number | null
  published: number
  language: string
  terms: Map<string, number>
  names: Set<string>
  places: Set<string>
  attackers: Set<string>
  crises: Set<string>
  topics: Set<string>
  days: number[]
  isSudden: boolean
}

/** In how many of the stream's statements a term stands. It is frozen for a day, so that no order of arrival matters. */
export type Background = { documents: number; countOf: (term: string) => number }

/** Why two statements are alike: shared terms by their share of the likeness, shared places and numbers, and brakes. */
export type LinkReason = { terms: string[]; places: string[]; figures: string[]; brakes: Brake[] }
export type Brake =
  | 'other crisis'
  | 'other day'
  | 'other topic'
  | 'other place'
  | 'other attacker'
  | 'other passage'
  | 'other language'

/**
 * Two statements that may tell one event; `a` sorts before `b`. `likeness` is 0 to 1. With likeness 0 they are kept apart
 * whatever they share with others.
 */
export type Link = { a: StatementId; b: StatementId; likeness: number; why: LinkReason }

/** A link without its reason. */
export type Likeness = Pick<Link, 'a' | 'b' | 'likeness'>

/** When groups of statements are one story. All likenesses are 0 to 1. */
export type StoryPolicy = {
  /** A pair that is more alike than this counts the same, so that one strong pair does not carry a group. */
  maxLikeness: number
  /** The lowest average likeness between two groups that become one. */
  minLikeness: number
  /** Groups of three or more become one only if they are so alike, as a share of the likeness within the looser one. */
  minCohesion: number
}
