import { type WeeklyFacts, weeklyView } from '../../src/editions/mail/weekly-view.ts'
import type { StoryClaim } from '../../src/editions/rules/briefing/story.ts'
import type { TopicName } from '../../src/reading/rules/types.ts'
import { claimsOf, renderer } from './mails.ts'
import { allTopics, closedAt, matchedTakeaway, sender } from './matched-takeaways.ts'

/** The week that ends on Monday, 23 November 2026, at seven in Kyiv. */
export const week = { zone: 'Europe/Kyiv', from: '2026-11-16', due: '2026-11-23' }

type About = {
  story: number
  thread?: number
  text: string
  /** When its report was published. */
  at: string
  publisher?: string
  title?: string
  attribution?: string
  quote?: string
  on?: TopicName[]
  url?: string
}

let lastItem = 1_000

/** A claim of a short report that has no title of its own, unless one is given. */
export function weekClaim({ story, thread = story, publisher = 'Meridian Wire', ...about }: About): StoryClaim {
  const { text, at, title = '', attribution = null, quote, on, url } = about
  const publishedAt = Temporal.Instant.from(at)
  const id = ++lastItem
  const [claim] = claimsOf([
    matchedTakeaway({
      ...{ story, text, attribution },
      ...(on && { on }),
      evidence: quote ? [{ passage: 2, quote, references: [] }] : [],
      item: { id, title, publishedAt, firstSeenAt: publishedAt, url: url ?? `https://wire.example/${id}` },
      feed: { id: numberOf(publisher), title: publisher, publisher },
    }),
  ])
  return { ...claim!, story, thread, isShort: true, publisher }
}

const numberOf = (name: string): number => [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)

export function weeklyOf(claims: StoryClaim[], before: StoryClaim[] = [], more: Partial<WeeklyFacts> = {}) {
  const schedule = { cadence: 'weekly', localTime: '07:00' } as const
  const day = { zone: week.zone, closedAt, civilDate: week.due, schedule, read: null, corrections: [] }
  return weeklyView({ ...day, ...sender, topics: allTopics, claims, before, ...more })
}

export const renderWeekly = (...content: Parameters<typeof weeklyOf>) => renderer.mail('weekly', weeklyOf(...content))

/** The attacks on one grid, the repair of it, and a pact: three threads, the first one of which the week before told. */
export const busyWeek = [
  weekClaim({
    story: 1,
    thread: 1,
    at: '2026-11-17T10:00Z',
    text: 'Missiles hit the power grid of Dara and killed three people.',
    publisher: 'River Desk',
  }),
  weekClaim({ story: 1, thread: 1, at: '2026-11-17T12:00Z', text: 'Half of Dara has no light after the missiles.' }),
  weekClaim({
    story: 2,
    thread: 1,
    at: '2026-11-19T09:00Z',
    text: 'A second wave of missiles hit the power grid of Dara and killed nine people.',
  }),
  weekClaim({
    story: 3,
    thread: 1,
    at: '2026-11-21T09:00Z',
    text: 'Engineers brought light back to four districts of Dara.',
    attribution: 'the operator',
  }),
  weekClaim({
    story: 4,
    at: '2026-11-18T09:00Z',
    text: 'Partner states offered Lorn a pact with binding guarantees.',
    quote: 'Ministers will meet in Orla next week to sign the pact with Lorn.',
  }),
]
export const weekBefore = [
  weekClaim({
    story: 9,
    thread: 1,
    at: '2026-11-12T09:00Z',
    text: 'Missiles hit the power grid of Dara and killed two people.',
  }),
]
