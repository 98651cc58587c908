import type { App } from '../app.ts'
import { mailDomainOf } from '../platform/address.ts'
import type { Tx } from '../platform/db/db.ts'
import type { BounceKind } from '../platform/db/tables/delivery.ts'
import { suppress } from '../readers/store/suppressions.ts'
import { nextAttempt, outlivedAt } from './rules/delivery-result.ts'
import { comparedFor, isInTrouble, minDeadAddresses, minReporters, troubleLasts } from './rules/domain-trouble.ts'
import { endOfAddress } from './rules/ended-address.ts'
import { kindOfReply } from './rules/enhanced-status.ts'
import { waitsFor } from './rules/wait-reasons.ts'
import { answersAbout, pastOfAddress } from './store/answers.ts'
import {
  answersOfDomain,
  countCalledDead,
  countReporters,
  endTrouble,
  heldDeliveries,
  holdAnswers,
  lockDomain,
  noteTrouble,
  reopenDeliveries,
  troubleOf,
} from './store/domain-troubles.ts'

/**
 * An answer about a reader's address that the table `bounces` has already; `words` are without addresses. `byMail`: it came by
 * mail, and anybody who got one of our mails can have sent it.
 */
export type NotedAnswer = { subscriber: number; email: string; kind: BounceKind; words: string; byMail: boolean }

/**
 * Decides whether an answer ends all mail to its address. A mail domain that calls many known addresses dead at once is in
 * trouble: its answers are held, and their mails are tried again. Answers by mail make no trouble; so many of them are held alone.
 */
export async function judgeAnswer(app: App, tx: Tx, answer: NotedAnswer): Promise<void> {
  const { subscriber, email, kind, words, byMail } = answer
  const domain = mailDomainOf(email)
  if (kind === 'dead') await (byMail ? judgeReports(app, tx, domain, words) : judgeDomain(app, tx, domain, words))
  const { wasGood, lastGood } = await pastOfAddress(tx, subscriber)
  const reason = endOfAddress(await answersAbout(tx, subscriber, lastGood), wasGood)
  if (reason) await suppress(tx, { email, subscriber, reason, words }, app.now())
}

/**
 * Holds the reports that came by mail while their domain is in trouble, and where they call many addresses dead at once. Reports of
 * many mailboxes raise an alarm too.
 */
async function judgeReports(app: App, tx: Tx, domain: string, words: string): Promise<void> {
  await lockDomain(tx, domain)
  const begun = await troubleOf(tx, domain, app.now().subtract(troubleLasts))
  if (begun) return holdAnswers(tx, domain, begun, 'reports by mail')
  const since = app.now().subtract(comparedFor)
  const dead = await countCalledDead(tx, domain, since, 'all')
  if (dead < minDeadAddresses || !isInTrouble(await answersOfDomain(tx, domain, since, dead))) return
  app.log.warn({ domain, addresses: dead }, 'holds reports by mail that call many addresses of a mail domain dead')
  await holdAnswers(tx, domain, since, 'reports by mail')
  const refused = await countReporters(tx, domain, since)
  if (refused < minReporters) return
  const outage = { domain, kind: 'reports', since, last_at: app.now(), refused, words } as const
  await noteTrouble(tx, outage, app.now().subtract(troubleLasts))
}

async function judgeDomain(app: App, tx: Tx, domain: string, words: string): Promise<void> {
  await lockDomain(tx, domain)
  const now = app.now()
  const endedBefore = now.subtract(troubleLasts)
  const begun = await troubleOf(tx, domain, endedBefore)
  const since = begun ?? now.subtract(comparedFor)
  const dead = await countCalledDead(tx, domain, since, 'not by mail')
  if (dead < minDeadAddresses) return
  if (!isInTrouble(await answersOfDomain(tx, domain, since, dead))) return begun && endTrouble(tx, domain)
  const trouble = { domain, kind: 'dead', since, last_at: now, refused: dead, words } as const
  const { isNew } = await noteTrouble(tx, trouble, endedBefore)
  if (isNew)
    app.log.error({ domain, addresses: dead }, 'holds the answers of a mail domain that calls many addresses dead')
  await holdAnswers(tx, domain, since, 'all')
  await tryAgain(app, tx, domain, since)
}

/** Mails that failed by held answers wait as those of a busy server do. */
async function tryAgain(app: App, tx: Tx, domain: string, since: Temporal.Instant): Promise<void> {
  const held = (await heldDeliveries(tx, domain, since)).flatMap(({ id, kind, attempts, dated_at, reply }) => {
    const dueAt = nextAttempt({ attempts }, app.now())
    const isUseful = Temporal.Instant.compare(dueAt, outlivedAt({ kind, datedAt: dated_at })) <= 0
    return isUseful && kindOfReply(reply) === 'dead' ? [{ id, dueAt }] : []
  })
  await reopenDeliveries(tx, held, waitsFor.trouble(domain))
}
