import type { Fact } from '../../../stories/rules/facts/fact.ts'
import type { PlannedStory, StoryClaim } from '../briefing/story.ts'

/** The days of a weekly mail in its zone: from the civil date `from` (2022-11-14) until the one on which it is due. */
export type Week = { zone: string; from: string; due: string }

/** Words of one claim, or of the title of its report, under a civil date. */
export type DatedWords = { date: string; text: string; claim: StoryClaim }

/** What may be told of a day. `weight` compares it with others of its thread; `worth` is what of that is not the weight of the event. */
export type DayLine = DatedWords & { weight: number; worth: number }

/** A thread as a week tells it, with what is much like it; its stories are the heaviest first. */
export type WeekThread = {
  id: number
  /** The headline of the heaviest story, with its day and the claim that gave it. */
  headline: DatedWords
  stories: [PlannedStory, ...PlannedStory[]]
  claims: [StoryClaim, ...StoryClaim[]]
  publishers: number
  /** On how many days of the week it was told. */
  days: number
  /** What may be told of it beside the headline, the strongest words first. */
  lines: DayLine[]
  /** How many of its stories the week before told. */
  before: number
  state: ThreadState | null
  isDisputed: boolean
  weight: number
}

/** A week: its threads, the heaviest first, and the stories of those that are too light to be told. */
export type PlannedWeek = { threads: WeekThread[]; others: PlannedStory[] }

/** How a thread ended, by the words of the last day on which it was told. */
export type ThreadState = { name: 'restored' | 'over' | 'agreed'; date: string }

/** The largest figure of one kind that a thread tells, and that of the week before if there is one to compare. */
export type WeekFigure = { role: Fact['role']; now: TopFigure; before: TopFigure | null }
export type TopFigure = { fact: Fact; claim: StoryClaim; date: string }
