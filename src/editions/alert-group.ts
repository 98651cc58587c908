import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { type AlertCandidates, type AlertContent, alertContentOf } from './alert-content.ts'
import type { ComposingMemory } from './composing-memory.ts'
import { alertView, fitAlertOf } from './mail/alert-view.ts'
import { toldBy } from './mail/corrections.ts'
import { correctedStories, itemsIn, toldInAlert } from './mail/told-stories.ts'
import { freeze, mailingOf } from './publish.ts'
import { alertsBefore } from './rules/alert-thread.ts'
import { ruleVersions } from './rules/edition.ts'
import { pauseForGroup, waitForGroup } from './store/alert-groups.ts'
import { createForAlert } from './store/create-deliveries.ts'
import type { FrozenEdition } from './store/editions.ts'
import { filterOf } from './store/filters.ts'
import { alertsTelling } from './store/told-claims.ts'

/**
 * Publishes the alert of a group for those of its readers who may be mailed now. Takeaways wait for the others, and an update
 * waits for all of them when its story was mailed just before. Returns how many deliveries were created.
 */
export async function alertGroup(
  app: App,
  tx: Tx,
  candidates: AlertCandidates,
  memory: ComposingMemory,
): Promise<number> {
  const { run, group } = candidates
  const content = await memory.once('content', contentFacts(candidates), () => alertContentOf(tx, candidates))
  const { stories, corrections, paused } = content
  const lineages = [...stories.flatMap(({ claims }) => claims), ...corrections.map(({ was }) => was)].map(
    ({ lineage }) => lineage,
  )
  await waitForGroup(tx, run, group, [...lineages, ...paused.flatMap((each) => each.lineages)])
  for (const { until, lineages: updates } of paused) await pauseForGroup(tx, group, updates, until)
  if (group.ready.length === 0 || lineages.length === 0) return 0
  const edition = await freezeAlert(app, tx, candidates, { content, memory })
  const [correction] = corrections
  const repliesTo = correction ? await alertsTelling(tx, correction.was.id) : alertsBefore(stories, content.told)
  const deliveries = await createForAlert(tx, mailingOf(app, edition), group.ready, repliesTo)
  const counts = { deliveries, stories: stories.length, corrections: corrections.length }
  app.log.info({ edition: edition.key, ...counts }, 'published alert')
  return deliveries
}

/** What the content of an alert depends on: all of its group but the zone and the notice. */
const contentFacts = ({ group }: AlertCandidates) => {
  const { from, corrected, told, muted, waited } = group
  return { filter: filterOf(group), from, corrected, told, muted, waited }
}

async function freezeAlert(
  app: App,
  tx: Tx,
  { run, group, trigger, now: closedAt }: AlertCandidates,
  { content: { stories, corrections, places }, memory }: { content: AlertContent; memory: ComposingMemory },
): Promise<FrozenEdition> {
  const topics = await memory.once('rules', group.topics, () => rulesOf(tx, group.topics))
  const takeaways = stories.flatMap(({ claims }) => claims)
  const { publicUrl } = app.config
  const about = {
    topics,
    filter: filterOf(group),
    stories,
    corrections,
    closedAt,
    zone: group.zone,
    notice: group.notice,
  }
  const fitted = fitAlertOf({ ...about, publicUrl })
  return freeze(app, tx, {
    template: 'alert',
    civilDate: dateAt(closedAt),
    reason: takeaways.length ? 'new takeaways on these topics' : 'changes to takeaways of earlier alerts',
    facts: {
      kind: 'alert',
      trigger,
      window: `up to ${run.to}`,
      filter: filterOf(group),
      zone: group.zone,
      rules: ruleVersions(topics),
      told: group.told,
      ...toldBy(takeaways, corrections),
      ...(group.notice && { notice: group.notice }),
    },
    items: itemsIn({ stories, corrections }),
    stories: [...toldInAlert(fitted), ...correctedStories(corrections, stories, places)],
    view: (sender) => alertView({ ...about, ...sender }, fitted),
  })
}
