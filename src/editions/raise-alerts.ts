import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { alertView } from './mail/alert-view.ts'
import { brandOf, freeze, mailDomain } from './publish.ts'
import { priorityOf } from './rules/edition-kind.ts'
import { type AlertFilter, alertFilters, lockFeedForAlert, moveAlertCursor, readyForAlert } from './store/alerts.ts'
import { createForFilter } from './store/create-deliveries.ts'
import { matchedTakeawaysIn } from './store/matched-takeaways.ts'

/** Closes and owes the alerts that new matches call for, feed by feed; returns how many deliveries came of it. */
export async function raiseAlerts(app: App, signal?: AbortSignal): Promise<number> {
  await app.db.transaction().execute(numberMatches)
  let owed = 0
  for (const feed of await readyForAlert(app.db, app.now())) {
    if (signal?.aborted) break
    owed += await alertFeed(app, feed)
  }
  return owed
}

/** One feed's alerts and the cursor behind them, in one transaction: an item can neither be alerted twice nor be lost. */
async function alertFeed(app: App, feed: number): Promise<number> {
  return app.db.transaction().execute(async (tx) => {
    const span = await lockFeedForAlert(tx, feed)
    if (!span) return 0
    let owed = 0
    for (const filter of await alertFilters(tx, span.cursor, span.to)) {
      owed += await alertFilter(app, tx, { feed, ...span, filter })
    }
    await moveAlertCursor(tx, feed, span.to)
    return owed
  })
}

type Alerting = { feed: number; cursor: number; to: number; filter: AlertFilter }

async function alertFilter(app: App, tx: Tx, { feed, cursor, to, filter }: Alerting): Promise<number> {
  const window = { from: filter.from, to }
  const findings = await matchedTakeawaysIn(tx, window, { topics: filter.topics, minScore: filter.min_score }, feed)
  if (!findings.length) return 0
  const now = app.now()
  const topics = await rulesOf(tx, filter.topics)
  const edition = await freeze(app, tx, {
    template: 'alert',
    civilDate: now.toString().slice(0, 10),
    reason: 'new on these topics',
    facts: {
      kind: 'alert',
      trigger: `feed ${feed}`,
      window: `${window.from}-${window.to}`,
      topics: filter.topics,
      minScore: filter.min_score,
      rules: topics.map((topic) => `${topic.slug}@${topic.version}`),
      takeaways: findings.map((finding) => finding.id),
      alerted: [],
    },
    view: (slug) =>
      alertView({
        topics,
        takeaways: findings,
        closedAt: now,
        publicUrl: app.config.publicUrl,
        slug,
        brand: brandOf(app),
      }),
  })
  const mailing = {
    edition: edition.id,
    key: edition.key,
    sending: 0,
    priority: priorityOf('alert'),
    domain: mailDomain(app),
    now,
  }
  const owed = await createForFilter(tx, mailing, { ...filter, cursor })
  app.log.info({ edition: edition.key, owed, takeaways: findings.length }, 'closed alert')
  return owed
}
