import type { App } from '../app.ts'
import { findFeed } from '../feeds/store/feeds.ts'
import { type HeldSource, listHeldSources } from '../feeds/store/held.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import type { AudienceSample } from '../platform/db/audience-sample.ts'
import { UserError } from '../platform/user-error.ts'
import { followersOf } from '../readers/store/subscriptions.ts'
import { currentRules } from '../reading/store/topics.ts'

/** What accepting a held feed would do: how many entries, how many of them were read to find out, and who would get mail. */
export type AcceptPlan = { entries: number; read: number; alerts: AudienceSample; digests: AudienceSample }

const maxRead = 200

/**
 * Reads the new entries of a held feed and finds the readers who follow their topics. Nothing is stored or sent.
 * @throws UserError when the feed is not held
 */
export async function planAccept(app: App, address: string): Promise<AcceptPlan> {
  const url = canonicalFeedUrl(address)
  const held = await listHeldSources(app.db, url, maxRead)
  if (!held) throw new UserError(`The feed ${url} is not held.`)
  const feed = await findFeed(app.db, url)
  const id = feed?.id ?? 0
  const scores = await bestScores(app, held.reports)
  const [alerts, digests] = await Promise.all([
    feed?.digest_only ? { count: 0, sample: [] } : followersOf(app.db, scores, ['alert'], id),
    followersOf(app.db, scores, ['daily', 'weekly'], id),
  ])
  return { entries: held.count, read: held.reports.length, alerts, digests }
}

/** The best score of each topic in any of the reports. */
async function bestScores(app: App, reports: HeldSource[]): Promise<Map<string, number>> {
  const rules = await currentRules(app.db)
  const best = new Map<string, number>()
  for (const { html, title, url, language } of reports) {
    const source = { html, title, url: url ?? undefined, language: language ?? undefined }
    const outcome = await app.reader.read(source, rules)
    const matches = outcome.kind === 'read' ? outcome.reading.takeaways.flatMap(({ topics }) => topics) : []
    for (const { topic, score } of matches) best.set(topic, Math.max(score, best.get(topic) ?? 0))
  }
  return best
}
