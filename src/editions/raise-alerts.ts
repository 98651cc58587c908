import type { App } from '../app.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { placeClaims } from '../stories/place-claims.ts'
import { alertFeed } from './alert-feed.ts'
import { releaseWaiting } from './release-waiting.ts'
import { maxAlertWait } from './rules/schedule.ts'
import { readyForAlert } from './store/alerts.ts'

/** So many batches of what has waited come before the alerts of feeds: at the end of a night many are due at once. */
const maxFirst = 20

/**
 * Publishes the alerts that have waited long enough, and those for new matches and for changes, feed by feed. What has waited comes
 * first, up to a limit, and the rest of it after the feeds. Returns how many deliveries were created.
 * @throws the first error, after all others were published
 */
export async function raiseAlerts(app: App, signal?: AbortSignal): Promise<number> {
  await placeClaims(app, signal)
  await app.db.transaction().execute(numberMatches)
  const first = await releaseWaiting(app, maxFirst, signal)
  const feeds = await alertFeeds(app, signal)
  const rest = await releaseWaiting(app, Number.POSITIVE_INFINITY, signal)
  const [failure, ...others] = [...first.failures, ...feeds.failures, ...rest.failures]
  for (const err of others) app.log.error({ err }, 'failed to publish an alert')
  if (failure) throw failure
  return first.deliveries + feeds.deliveries + rest.deliveries
}

/** A feed that fails stays due and keeps back no other one. */
async function alertFeeds(app: App, signal?: AbortSignal): Promise<{ deliveries: number; failures: unknown[] }> {
  let deliveries = 0
  const failures: unknown[] = []
  for (const feed of await readyForAlert(app.db, app.now(), app.now().subtract(maxAlertWait))) {
    if (signal?.aborted) break
    try {
      deliveries += await alertFeed(app, feed, signal)
    } catch (error) {
      failures.push(error)
    }
  }
  return { deliveries, failures }
}
