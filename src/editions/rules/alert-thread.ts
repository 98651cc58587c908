import type { PlannedStory, ToldClaim } from './briefing/story.ts'

/**
 * The ids of the earlier alerts that an alert replies to: those that told the thread of its first story, where that story is an
 * update. A mail is filed under what it begins with, so the other stories do not count.
 */
export function alertsBefore([first]: PlannedStory[], told: ToldClaim[]): number[] {
  if (first?.status !== 'update') return []
  const [{ thread }] = first.claims
  return [...new Set(told.filter((each) => each.isAlert && each.thread === thread).map(({ edition }) => edition))]
}
