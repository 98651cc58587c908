import type { Tx } from '../platform/db/db.ts'
import { type ClaimPlace, placesOf } from '../stories/store/stories.ts'
import { type ChangedFact, type Correction, correctionsOf, withoutTold } from './mail/corrections.ts'
import type { MatchedTakeaway } from './mail/matched-takeaway.ts'
import { alertChange } from './rules/alert-change.ts'
import { tellsKnownFigures } from './rules/alert-figures.ts'
import { pausedUntil } from './rules/alert-pause.ts'
import { asAlerted } from './rules/as-alerted.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import { type AttackLookup, attacksOnce, toldOfStory } from './rules/briefing/same-event.ts'
import type { PlannedStory, ToldClaim } from './rules/briefing/story.ts'
import type { AlertGroup, AlertRun } from './store/alert-groups.ts'
import { waitedRun } from './store/alert-notes.ts'
import { toldOf, withStories } from './story-claims.ts'

/** What a run may tell a group of readers: takeaways, and what became of those that they were told before. */
export type AlertCandidates = {
  run: AlertRun
  group: AlertGroup
  /** What caused the alert. */
  trigger: string
  matched: MatchedTakeaway[]
  facts: ChangedFact[]
  now: Temporal.Instant
}

/** Updates whose story was mailed less than an hour ago, and until when they wait. */
type Paused = { until: Temporal.Instant; lineages: number[] }
export type AlertContent = {
  stories: PlannedStory[]
  corrections: Correction[]
  told: ToldClaim[]
  paused: Paused[]
  /** The stories of what has changed, by its wording. */
  places: Map<number, ClaimPlace>
}

/**
 * What the readers of a group know already, what only goes on, and what they muted interrupts nobody: the next digest has it.
 * An event of its own and a correction are told at once; an update comes an hour after the last alert of its story.
 */
export async function alertContentOf(tx: Tx, candidates: AlertCandidates): Promise<AlertContent> {
  const { group, matched } = candidates
  const places = await placesOf(
    tx,
    candidates.facts.map(({ was }) => was.wording),
  )
  const facts = candidates.facts.filter(({ was }) => !group.muted.includes(places.get(was.wording)?.thread ?? 0))
  const changes = correctionsOf(facts)
  const known = new Set(candidates.facts.map(({ was }) => was.lineage))
  const all = await withStories(
    tx,
    withoutTold(matched, changes, ({ lineage }) => known.has(lineage)),
  )
  const news = all.filter(({ thread }) => !group.muted.includes(thread))
  const changed = changes.flatMap(({ was }) => places.get(was.wording) ?? [])
  const told = await toldOf(
    tx,
    news,
    group.told,
    changed.map(({ thread }) => thread),
  )
  const corrections = changes.filter((change) => !isKnown(change, told, places))
  const content: AlertContent = { stories: [], corrections, told, paused: [], places }
  const attackOf = attacksOnce()
  addStories(content, planStories(news, told, attackOf), candidates, attackOf)
  return content
}

/** A toll that rose in one report is no news to readers who know it from another. */
function isKnown({ kind, was, text }: Correction, told: ToldClaim[], places: Map<number, ClaimPlace>): boolean {
  const story = places.get(was.wording)?.story
  const ofStory = told.filter((each) => each.story === story)
  return kind === 'updated' && text !== null && tellsKnownFigures(text, ofStory)
}

function addStories(
  content: AlertContent,
  stories: PlannedStory[],
  candidates: AlertCandidates,
  attackOf: AttackLookup,
): void {
  for (const story of stories) {
    const before = toldOfStory(story.claims, content.told, attackOf)
    const change = alertChange(story, before)
    if (change === null) continue
    const until = change === 'new' ? null : pauseOf(before, candidates)
    if (until) content.paused.push({ until, lineages: story.claims.map(lineageOf) })
    else content.stories.push(asAlerted(story, change, before))
  }
}

/** Until when an update waits; what has waited is not paused again. */
const pauseOf = (before: ToldClaim[], { run, now }: AlertCandidates): Temporal.Instant | null =>
  run.id === waitedRun ? null : pausedUntil(before, now)

const lineageOf = ({ lineage }: MatchedTakeaway): number => lineage
