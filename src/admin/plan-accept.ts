import type { App } from '../app.ts'
import { type HeldSource, listHeldSources } from '../feeds/store/held.ts'
import { canonicalFeedUrl } from '../parsing/canonical-url.ts'
import type { AudienceSample } from '../platform/db/audience-sample.ts'
import { UserError } from '../platform/user-error.ts'
import { followersOf } from '../readers/store/subscriptions.ts'
import { currentRules } from '../reading/store/topics.ts'

/** What accepting a held feed would bring: how many reports, how many of them were read for it, and to whom they would go. */
export type AcceptPlan = { reports: number; read: number; alerts: AudienceSample; digests: AudienceSample }

const mostRead = 200

/**
 * Reads what a held feed brought, as it would be read, and looks who follows its topics; nothing is kept or sent.
 * @throws UsageError when the feed is not held
 */
export async function planAccept(app: App, address: string): Promise<AcceptPlan> {
  const url = canonicalFeedUrl(address)
  const held = await listHeldSources(app.db, url, mostRead)
  if (!held) throw new UserError(`The feed ${url} is not held.`)
  const best = await bestScores(app, held.reports)
  const [alerts, digests] = await Promise.all([
    followersOf(app.db, best, ['alert']),
    followersOf(app.db, best, ['daily', 'weekly']),
  ])
  return { reports: held.count, read: held.reports.length, alerts, digests }
}

/** The strongest match of each topic in any of them. */
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
