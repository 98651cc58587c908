import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { placesOf } from '../stories/store/stories.ts'
import { alertView } from './mail/alert-view.ts'
import { type ChangedFact, type Correction, correctionsOf, toldBy, withoutTold } from './mail/corrections.ts'
import type { MatchedTakeaway } from './mail/matched-takeaway.ts'
import { toldAs } from './mail/told-stories.ts'
import { freeze, mailingOf } from './publish.ts'
import { alertsBefore } from './rules/alert-thread.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import type { PlannedStory, ToldClaim } from './rules/briefing/story.ts'
import { ruleVersions } from './rules/edition.ts'
import { type AlertGroup, type AlertRun, holdForGroup, readersOf } from './store/alert-groups.ts'
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
}

/**
 * Publishes the alert of a group for those of its readers who may be mailed now, and lets its takeaways wait for the others.
 * Returns how many deliveries were created.
 */
export async function alertGroup(app: App, tx: Tx, candidates: AlertCandidates): Promise<number> {
  const { run, group } = candidates
  const content = await contentOf(tx, candidates)
  const { stories, corrections } = content
  if (!stories.length && !corrections.length) return 0
  const claims = stories.flatMap((story) => story.claims)
  const lineages = [...claims, ...corrections.map(({ was }) => was)].map(({ lineage }) => lineage)
  await holdForGroup(tx, run, group, [...new Set(lineages)])
  if (group.ready === 0) return 0
  const edition = await freezeAlert(app, tx, candidates, content)
  const [correction] = corrections
  const repliesTo = correction ? await alertsTelling(tx, correction.was.id) : alertsBefore(stories, content.told)
  const deliveries = await createForAlert(tx, mailingOf(app, edition), readersOf(run, group), repliesTo)
  const counts = { deliveries, stories: stories.length, corrections: corrections.length }
  app.log.info({ edition: edition.key, ...counts }, 'published alert')
  return deliveries
}

type AlertContent = { stories: PlannedStory[]; corrections: Correction[]; told: ToldClaim[] }

/**
 * What the readers of a group know already, what only goes on, and what they muted interrupts nobody: the next digest has it.
 */
async function contentOf(tx: Tx, { group, matched, facts }: AlertCandidates): Promise<AlertContent> {
  const corrections = correctionsOf(await withoutMuted(tx, facts, group.muted))
  const known = new Set(facts.map(({ was }) => was.lineage))
  const news = await withStories(
    tx,
    withoutTold(matched, corrections, ({ lineage }) => known.has(lineage)),
  )
  const told = await toldClaims(tx, group.told, [...new Set(news.map(({ thread }) => thread))])
  const stories = planStories(news, told).filter(
    ({ status, claims: [{ thread }] }) => status !== 'continuing' && !group.muted.includes(thread),
  )
  return { stories, corrections, told }
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
  { run, group, trigger }: AlertCandidates,
  { stories, corrections }: AlertContent,
): Promise<Edition> {
  const closedAt = app.now()
  const topics = await rulesOf(tx, group.topics)
  const takeaways = stories.flatMap(({ claims }) => claims)
  return freeze(app, tx, {
    template: 'alert',
    civilDate: closedAt.toString().slice(0, 10),
    reason: takeaways.length ? 'new takeaways on these topics' : 'changes to takeaways of earlier alerts',
    facts: {
      kind: 'alert',
      trigger,
      window: `${group.from}-${run.to}`,
      topics: group.topics,
      minScore: group.min_score,
      rules: ruleVersions(topics),
      told: group.told,
      ...toldBy(takeaways, corrections),
      ...(group.notice && { notice: group.notice }),
    },
    stories: stories.map((story) => toldAs('full', story)),
    view: (sender) => alertView({ ...sender, topics, stories, corrections, closedAt, notice: group.notice }),
  })
}
