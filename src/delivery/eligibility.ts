import type { App } from '../app.ts'
import { waitsFor } from './rules/wait-reasons.ts'
import { type Claim, endClaims, putBack } from './store/claims.ts'
import { pausedAmong } from './store/pauses.ts'
import { domainLimits } from './store/send-limits.ts'
import { withinShare } from './warm-up-share.ts'

const nextTry = Temporal.Duration.from({ seconds: 10 })

/** Of what was claimed, what may be sent now. The rest is put back (a paused edition's until a person resumes it) or skipped. */
export async function onlyEligible(app: App, claims: Claim[]): Promise<Claim[]> {
  const now = app.now()
  const foreign = claims.filter((claim) => !isAllowed(app.config.sendAllowlist, claim.email))
  await endClaims(app.ledger, foreign, { state: 'skipped', reason: 'not in SEND_ALLOWLIST' }, now)
  const ours = claims.filter((claim) => !foreign.includes(claim))
  return withinShare(app, await inTime(app, now, ours))
}

async function inTime(app: App, now: Temporal.Instant, claims: Claim[]): Promise<Claim[]> {
  if (!claims.length) return []
  const paused = await pausedAmong(app.ledger, [...new Set(claims.map((claim) => claim.edition_id))])
  const unpaused = claims.filter((claim) => !paused.has(claim.edition_id))
  const byDomain = Map.groupBy(unpaused, ({ email }) => mailDomainOf(email))
  const late: Claim[] = []
  for (const { domain, waitUntil, allowance } of await domainLimits(app.ledger, [...byDomain.keys()], now)) {
    const some = byDomain.get(domain)!.slice(waitUntil ? 0 : allowance)
    await putBack(app.ledger, some, waitUntil ?? now.add(nextTry), waitsFor.domain(domain))
    late.push(...some)
  }
  const stopped = claims.filter((claim) => paused.has(claim.edition_id))
  await putBack(app.ledger, stopped, null, waitsFor.person)
  const held = new Set([...stopped, ...late])
  return claims.filter((claim) => !held.has(claim))
}

/** Outside production a list keeps a copy of real readers' addresses from getting real mail. */
function isAllowed(list: string[], email: string): boolean {
  return !list.length || list.includes(email.toLowerCase()) || list.includes(mailDomainOf(email))
}

export const mailDomainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase()
