import type { AlertChange } from './alert-change.ts'
import { changeOfFigures } from './alert-figures.ts'
import { shortHeadline } from './briefing/headline.ts'
import type { PlannedStory, ToldClaim } from './briefing/story.ts'

/** A story as an alert tells it to readers who were `told` these claims: the headline of an update of its figures says the new one. */
export function asAlerted(story: PlannedStory, change: AlertChange, told: ToldClaim[]): PlannedStory {
  if (change === 'new') return { ...story, status: 'new', alertedAt: null }
  if (change === 'status') return { ...story, status: 'update' }
  const words = changeOfFigures(story.claims, told)?.text
  return { ...story, status: 'update', headline: words ? shortHeadline(words) : story.headline }
}
