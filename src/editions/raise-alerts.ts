import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { alertView } from './mail/alert-view.ts'
import { freeze, mailingOf } from './publish.ts'
import { ruleVersions } from './rules/edition.ts'
import { maxAlertWait } from './rules/schedule.ts'
import { type AlertFilter, alertFilters, lockFeedForAlert, moveAlertCursor, readyForAlert } from './store/alerts.ts'
import { createForFilter } from './store/create-deliveries.ts'
import { matchedTakeawaysIn } from './store/matched-takeaways.ts'

/** Publishes the alerts for new matches, feed by feed; returns how many deliveries were created. */
export async function raiseAlerts(app: App, signal?: AbortSignal): Promise<number> {
  await app.db.transaction().execute(numberMatches)
  let deliveries = 0
  for (const feed of await readyForAlert(app.db, app.now().subtract(maxAlertWait))) {
    if (signal?.aborted) break
    deliveries += await alertFeed(app, feed)
  }
  return deliveries
}

/** Publishes one feed's alerts and moves its cursor in one transaction: no item is alerted twice, and none is lost. */
async function alertFeed(app: App, feed: number): Promise<number> {
  return app.db.transaction().execute(async (tx) => {
    const span = await lockFeedForAlert(tx, feed)
    if (!span) return 0
    let deliveries = 0
    for (const filter of await alertFilters(tx, span.cursor, span.to)) {
      deliveries += await alertFilter(app, tx, { feed, ...span, filter })
    }
    await moveAlertCursor(tx, feed, span.to)
    return deliveries
  })
}

type Alerting = { feed: number; cursor: number; to: number; filter: AlertFilter }

async function alertFilter(app: App, tx: Tx, { feed, cursor, to, filter }: Alerting): Promise<number> {
  const window = { from: filter.from, to }
  const takeaways = await matchedTakeawaysIn(tx, window, { topics: filter.topics, minScore: filter.min_score }, feed)
  if (!takeaways.length) return 0
  const closedAt = app.now()
  const topics = await rulesOf(tx, filter.topics)
  const edition = await freeze(app, tx, {
    template: 'alert',
    civilDate: closedAt.toString().slice(0, 10),
    reason: 'new takeaways on these topics',
    facts: {
      kind: 'alert',
      trigger: `feed ${feed}`,
      window: `${window.from}-${window.to}`,
      topics: filter.topics,
      minScore: filter.min_score,
      rules: ruleVersions(topics),
      takeaways: takeaways.map(({ id }) => id),
      alerted: [],
    },
    view: (sender) => alertView({ ...sender, topics, takeaways, closedAt }),
  })
  const deliveries = await createForFilter(tx, mailingOf(app, edition), { ...filter, cursor })
  app.log.info({ edition: edition.key, deliveries, takeaways: takeaways.length }, 'published alert')
  return deliveries
}
