import type { App } from '../app.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { requireKnownTopics, rulesOf } from '../reading/store/topics.ts'
import { digestView } from './mail/digest-view.ts'
import { senderOf } from './publish.ts'
import type { RenderedMail } from './render.ts'
import { planStories } from './rules/briefing/plan-briefing.ts'
import { onlyTopics } from './store/filters.ts'
import { matchedTakeawaysSince } from './store/matched-takeaways.ts'
import { withStories } from './story-claims.ts'

/**
 * A digest of the last hours as it would be mailed now, with its placeholders; nothing is stored.
 * @throws UserError when a topic does not exist
 */
export async function previewDigest(app: App, slugs: string[], hours: number): Promise<RenderedMail> {
  await requireKnownTopics(app.db, [{ topics: slugs }])
  const closedAt = app.now()
  const since = closedAt.subtract({ minutes: Math.round(hours * 60) })
  const takeaways = await matchedTakeawaysSince(app.db, since, Number.MAX_SAFE_INTEGER, onlyTopics(slugs))
  const view = digestView({
    ...senderOf(app),
    slug: 'preview',
    kind: 'daily',
    topics: await rulesOf(app.db, slugs),
    stories: planStories(await withStories(app.db, takeaways), []),
    corrections: [],
    read: null,
    zone: 'UTC',
    closedAt,
    civilDate: dateAt(closedAt),
    schedule: { cadence: 'daily', localTime: '07:00' },
  })
  return app.render.mail('digest', { ...view, webCopy: null })
}
