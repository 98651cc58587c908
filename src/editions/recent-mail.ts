import type { Db } from '../platform/db/db.ts'
import { mayInterrupt } from './rules/alert-change.ts'
import { alertingDays, type ClaimOrigin, claimsToJudge, daysBetween, type RecentMail } from './rules/expected-mail.ts'
import { judgedClaims, type RecentClaims, recentClaims } from './store/recent-claims.ts'

/** What digests and alerts would have told in the last days, by topic: what any choice of topics would have brought. */
export async function recentMail(db: Db, now: Temporal.Instant): Promise<RecentMail> {
  const recent = await recentClaims(db, now)
  if (!recent) return { days: new Map(), told: [], alerting: [], origins: new Map() }
  const judged = await judgedClaims(db, claimsToJudge(recent.told))
  const interrupting = new Set(judged.filter(mayInterrupt).map(({ wording }) => wording))
  const origins = new Map(recent.origins.map(([wording, ...origin]) => [wording, originOf(origin)]))
  return { days: daysOf(recent, now), told: recent.told, alerting: alertingDays(recent.told, interrupting), origins }
}

const originOf = ([feed, language, places]: [number, string, string[]]): ClaimOrigin => ({ feed, language, places })

/** How many days are stored for each topic. */
function daysOf({ since, oldest, isCut, topics }: RecentClaims, now: Temporal.Instant): Map<string, number> {
  const stored = isCut && oldest ? daysBetween(oldest, now, true) : daysBetween(since, now, false)
  return new Map(topics.map(({ topic, from }) => [topic, Math.min(stored, daysBetween(from, now, false))]))
}
