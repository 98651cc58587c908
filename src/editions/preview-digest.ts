import type { App } from '../app.ts'
import { requireKnownTopics } from '../reading/known-topics.ts'
import { rulesOf } from '../reading/store/topics.ts'
import { digestView } from './mail/digest-view.ts'
import { brandOf } from './publish.ts'
import { matchedTakeawaysSince } from './store/matched-takeaways.ts'

/**
 * A digest of the last hours as it would be mailed now; nothing is kept. Its personal slots are left as they are.
 * @throws UsageError when a topic does not exist
 */
export async function previewDigest(app: App, slugs: string[], hours: number) {
  await requireKnownTopics(app.db, [{ topics: slugs }])
  const closedAt = app.now()
  const topics = await rulesOf(app.db, slugs)
  const since = closedAt.subtract({ minutes: Math.round(hours * 60) })
  const findings = await matchedTakeawaysSince(app.db, since, Number.MAX_SAFE_INTEGER, { topics: slugs, minScore: 0 })
  const view = digestView({
    kind: 'daily',
    topics,
    takeaways: findings,
    earlier: [],
    zone: 'UTC',
    closedAt,
    civilDate: closedAt.toString().slice(0, 10),
    publicUrl: app.config.publicUrl,
    slug: 'preview',
    brand: brandOf(app),
    schedule: { cadence: 'daily', localTime: '07:00' },
  })
  return app.render.mail('digest', { ...view, webCopy: null })
}
