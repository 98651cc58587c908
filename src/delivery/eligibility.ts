import type { App } from '../app.ts'
import { keepBackWithheld } from '../editions/withhold-item.ts'
import { mailDomainOf } from '../platform/address.ts'
import { mayGetMail } from './plain-mail.ts'
import { waitsFor } from './rules/wait-reasons.ts'
import { type Claim, type Release, releaseClaims, stillClaimed } from './store/claims.ts'
import { pausedOrWithheld } from './store/pauses.ts'
import { type Begin, skipIneligible } from './store/record-and-begin.ts'
import { domainLimits } from './store/send-limits.ts'
import { withinWarmUp } from './warm-up-share.ts'

/** Returns what may be sent now; has released the claims of the rest, with their reason. */
type Filter = (app: App, begins: Begin[]) => Promise<Begin[]>

/** What a claimed mail must pass before it is sent. Those who have left come first: no later filter counts them. */
export const eligibilityFilters: Filter[] = [
  stillSubscribed,
  onAllowList,
  ofRunningEditions,
  withinDomainLimits,
  withinWarmUp,
]

const nextTry = Temporal.Duration.from({ seconds: 10 })

/** Readers who have left since the edition closed: the mail server does not even hear of them. */
async function stillSubscribed(app: App, begins: Begin[]): Promise<Begin[]> {
  const skipped = await skipIneligible(app.ledger, begins, app.now())
  return begins.filter(({ claim }) => !skipped.has(claim.id))
}

/** Outside production a list keeps a copy of the database from mailing real readers. */
async function onAllowList(app: App, begins: Begin[]): Promise<Begin[]> {
  if (!app.config.sendAllowlist.length) return begins
  return keep(app, begins, ({ email }) => mayGetMail(app, email), { state: 'skipped', reason: 'not in SEND_ALLOWLIST' })
}

/** Without mails with a withheld item, and without those of paused editions: one statement asks for both. */
async function ofRunningEditions(app: App, begins: Begin[]): Promise<Begin[]> {
  const editions = [...new Set(begins.map(({ claim }) => claim.edition_id))]
  const { paused, withheld } = await pausedOrWithheld(app.ledger, editions)
  const told = withheld.length ? await withoutItems(app, begins, withheld) : begins
  if (!paused.size) return told
  const untilResumed: Release = { state: 'due', dueAt: null, waitsFor: waitsFor.person }
  return keep(app, told, ({ edition_id }) => !paused.has(edition_id), untilResumed)
}

/** What was with the relay when an admin withheld one of its items is due again if the relay asked to wait: it is kept back now. */
async function withoutItems(app: App, begins: Begin[], withheld: number[]): Promise<Begin[]> {
  await keepBackWithheld(app, withheld)
  const still = await stillClaimed(app.ledger, begins)
  return begins.filter(({ claim }) => still.has(claim.id))
}

/** A mail domain that asked for less gets a few mails a batch, or none until its wait is over. */
async function withinDomainLimits(app: App, begins: Begin[]): Promise<Begin[]> {
  const now = app.now()
  const byDomain = Map.groupBy(begins, ({ claim }) => mailDomainOf(claim.email))
  let eligible = begins
  for (const { domain, waitUntil, allowance } of await domainLimits(app.ledger, [...byDomain.keys()], now)) {
    const late = new Set((byDomain.get(domain) ?? []).slice(waitUntil ? 0 : allowance).map(({ claim }) => claim))
    const release: Release = { state: 'due', dueAt: waitUntil ?? now.add(nextTry), waitsFor: waitsFor.domain(domain) }
    eligible = await keep(app, eligible, (claim) => !late.has(claim), release)
  }
  return eligible
}

/** Keeps the mails whose claim passes, and releases the claims of the others. */
async function keep(app: App, begins: Begin[], passes: (claim: Claim) => boolean, release: Release): Promise<Begin[]> {
  const others = begins.filter(({ claim }) => !passes(claim)).map(({ claim }) => claim)
  await releaseClaims(app.ledger, others, release, app.now())
  return others.length ? begins.filter(({ claim }) => passes(claim)) : begins
}
