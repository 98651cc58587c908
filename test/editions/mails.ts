import { join } from 'node:path'
import { alertView } from '../../src/editions/mail/alert-view.ts'
import { confirmationView, linkView } from '../../src/editions/mail/confirmation-view.ts'
import type { Correction } from '../../src/editions/mail/corrections.ts'
import { digestView } from '../../src/editions/mail/digest-view.ts'
import type { AlertView, DigestView } from '../../src/editions/mail/mail-view.ts'
import type { MatchedTakeaway } from '../../src/editions/mail/matched-takeaway.ts'
import { createRenderer } from '../../src/editions/render.ts'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import type { StoryClaim, ToldClaim } from '../../src/editions/rules/briefing/story.ts'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'
import { allTopics, closedAt, sender } from './matched-takeaways.ts'

export const templatesDir = join(import.meta.dirname, '..', '..', 'templates')
export const renderer = createRenderer({ templatesDir })

const schedule = { cadence: 'daily', localTime: '07:00' } as const

/** Takeaways as claims of stories; where none is given, each is a story of its own. */
export const claimsOf = (takeaways: (MatchedTakeaway & { story?: number })[]): StoryClaim[] =>
  takeaways.map((takeaway) => {
    const story = takeaway.story ?? takeaway.id
    return {
      ...takeaway,
      story,
      thread: story,
      facts: factsIn(takeaway.text),
      focus: 0,
      isShort: false,
      publisher: `feed ${takeaway.feed.id}`,
    }
  })

export function digestOf(
  takeaways: (MatchedTakeaway & { story?: number })[],
  corrections: Correction[] = [],
  told: ToldClaim[] = [],
): DigestView {
  const day = { kind: 'daily', zone: 'Europe/Kyiv', closedAt, civilDate: '2026-11-23', read: null } as const
  const stories = planStories(claimsOf(takeaways), told)
  return digestView({ ...day, ...sender, topics: allTopics, stories, corrections, schedule })
}

export const renderDigest = (...content: Parameters<typeof digestOf>) => renderer.mail('digest', digestOf(...content))

export const renderAlert = (takeaways: MatchedTakeaway[], corrections: Correction[] = []) =>
  renderer.mail('alert', alertOf(takeaways, corrections))

export const alertOf = (takeaways: MatchedTakeaway[], corrections: Correction[] = []): AlertView => {
  const stories = planStories(claimsOf(takeaways), [])
  return alertView({ ...sender, topics: allTopics, stories, corrections, closedAt, zone: 'UTC' })
}

export const renderConfirmation = () =>
  renderer.mail(
    'confirmation',
    confirmationView({ ...sender, requested: [{ topics: allTopics, schedule, zone: 'Europe/Kyiv' }] }),
  )

export const renderLink = () => renderer.mail('link', linkView(sender))
