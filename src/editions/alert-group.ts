import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { placesOf } from '../stories/store/stories.ts'
import { alertView } from './mail/alert-view.ts'
import { type ChangedFact, type Correction, correctionsOf, toldBy, withoutTold } from './mail/corrections.ts'
import type { MatchedTakeaway } from './mail/matched-takeaway.ts'
import { toldAs } from './mail/told-stories.ts'
import { freeze, mailingOf } from './publish.ts'
import { alertChange } from './rules/alert-change.ts'
import { pausedUntil } from './rules/alert-pause.ts'
import { alertsBefore } from './rules/alert-thread.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import type { PlannedStory, ToldClaim } from './rules/briefing/story.ts'
import { ruleVersions } from './rules/edition.ts'
import { type AlertGroup, type AlertRun, pauseForGroup, readersOf, waitForGroup } from './store/alert-groups.ts'
import { waitedRun } from './store/alert-notes.ts'
import { createForAlert } from './store/create-deliveries.ts'
import type { Edition } from './store/editions.ts'
import { alertsTelling } from './store/told-claims.ts'
import { toldClaims, withStories } from './story-claims.ts'

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

/**
 * Publishes the alert of a group for those of its readers who may be mailed now. Takeaways wait for the others, and an update
 * waits for all of them when its story was mailed just before. Returns how many deliveries were created.
 */
export async function alertGroup(app: App, tx: Tx, candidates: AlertCandidates): Promise<number> {
  const { run, group } = candidates
  const content = await contentOf(tx, candidates)
  const { stories, corrections, paused } = content
  const lineages = [...stories.flatMap(({ claims }) => claims), ...corrections.map(({ was }) => was)].map(lineageOf)
  await waitForGroup(tx, run, group, [...lineages, ...paused.flatMap((each) => each.lineages)])
  for (const { until, lineages: updates } of paused) await pauseForGroup(tx, run, group, updates, until)
  if (group.ready === 0 || lineages.length === 0) return 0
  const edition = await freezeAlert(app, tx, candidates, content)
  const [correction] = corrections
  const repliesTo = correction ? await alertsTelling(tx, correction.was.id) : alertsBefore(stories, content.told)
  const deliveries = await createForAlert(tx, mailingOf(app, edition), readersOf(run, group), repliesTo)
  const counts = { deliveries, stories: stories.length, corrections: corrections.length }
  app.log.info({ edition: edition.key, ...counts }, 'published alert')
  return deliveries
}

const lineageOf = ({ lineage }: MatchedTakeaway): number => lineage

/** Updates whose story was mailed less than an hour ago, and until when they wait. */
type Paused = { until: Temporal.Instant; lineages: number[] }
type AlertContent = { stories: PlannedStory[]; corrections: Correction[]; told: ToldClaim[]; paused: Paused[] }

/**
 * What the readers of a group know already, what only goes on, and what they muted interrupts nobody: the next digest has it.
 * An event of its own and a correction are told at once; an update comes an hour after the last alert of its story.
 */
async function contentOf(tx: Tx, candidates: AlertCandidates): Promise<AlertContent> {
  const { run, group, matched } = candidates
  const corrections = correctionsOf(await withoutMuted(tx, candidates.facts, group.muted))
  const known = new Set(candidates.facts.map(({ was }) => was.lineage))
  const all = await withStories(
    tx,
    withoutTold(matched, corrections, ({ lineage }) => known.has(lineage)),
  )
  const news = all.filter(({ thread }) => !group.muted.includes(thread))
  const told = await toldClaims(tx, group.told, [...new Set(news.map(({ thread }) => thread))])
  const byThread = Map.groupBy(told, ({ thread }) => thread)
  const content: AlertContent = { stories: [], corrections, told, paused: [] }
  for (const story of planStories(news, told)) {
    const before = byThread.get(story.claims[0].thread) ?? []
    const change = alertChange(story, before)
    if (change === null) continue
    // What has waited is not paused again.
    const until = change === 'new' || run.id === waitedRun ? null : pausedUntil(before, candidates.now)
    if (until) content.paused.push({ until, lineages: story.claims.map(lineageOf) })
    else
      content.stories.push(
        change === 'new' ? { ...story, status: 'new', alertedAt: null } : { ...story, status: 'update' },
      )
  }
  return content
}

/** The changed facts without those of threads that the readers muted. */
async function withoutMuted(tx: Tx, facts: ChangedFact[], muted: number[]): Promise<ChangedFact[]> {
  if (muted.length === 0) return facts
  const places = await placesOf(
    tx,
    facts.map(({ was }) => was.wording),
  )
  return facts.filter(({ was }) => !muted.includes(places.get(was.wording)?.thread ?? 0))
}

async function freezeAlert(
  app: App,
  tx: Tx,
  { run, group, trigger, now: closedAt }: AlertCandidates,
  { stories, corrections }: AlertContent,
): Promise<Edition> {
  const topics = await rulesOf(tx, group.topics)
  const takeaways = stories.flatMap(({ claims }) => claims)
  return freeze(app, tx, {
    template: 'alert',
    civilDate: dateAt(closedAt),
    reason: takeaways.length ? 'new takeaways on these topics' : 'changes to takeaways of earlier alerts',
    facts: {
      kind: 'alert',
      trigger,
      window: `${group.from}-${run.to}`,
      topics: group.topics,
      minScore: group.min_score,
      zone: group.zone,
      rules: ruleVersions(topics),
      told: group.told,
      ...toldBy(takeaways, corrections),
      ...(group.notice && { notice: group.notice }),
    },
    stories: stories.map((story) => toldAs('full', story)),
    view: (sender) =>
      alertView({ ...sender, topics, stories, corrections, closedAt, zone: group.zone, notice: group.notice }),
  })
}
