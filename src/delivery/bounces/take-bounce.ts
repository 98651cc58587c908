import { createHash } from 'node:crypto'
import type { App } from '../../app.ts'
import type { HookProvider } from '../../config.ts'
import { bareAddress, mailDomainOf } from '../../platform/address.ts'
import type { Tx } from '../../platform/db/db.ts'
import { withoutAddresses } from '../../platform/text/without-addresses.ts'
import { retireSubscriber } from '../../readers/store/subscribers.ts'
import { endSubscriptions } from '../../readers/store/subscriptions.ts'
import { suppress } from '../../readers/store/suppressions.ts'
import { judgeAnswer } from '../judge-answer.ts'
import { type Bounced, findBounced, noteBounce } from '../store/bounces.ts'
import type { Notice } from './hooks/notice.ts'
import { matchBounce } from './match-bounce.ts'
import { type BounceReport, type BounceVerdict, verdictOnReport } from './report.ts'
import { readVerp } from './verp.ts'

/**
 * Takes a report that came by mail to a VERP address. A report to an address that we did not sign is counted as forged
 * and changes nothing, because anybody can send a bounce. Returns the kind of the report, `ignored` or `repeated`.
 */
export async function takeReport(app: App, address: string, report: BounceReport): Promise<string> {
  const named = readVerp(app.config.secretKeys, address)
  const find = async (tx: Tx) => named && findBounced(tx, named)
  // A mail server may send its report again, and a client many times: a delivery has one report of a kind.
  const event = named ? `smtp ${named.delivery} ${named.nonce} ${verdictOnReport(report)?.kind}` : null
  const sourced = { report, source: 'smtp', event, recipients: [] } as const
  return app.db.transaction().execute((tx) => take(app, tx, sourced, () => find(tx)))
}

/** Takes a notice from an authenticated webhook. A notice of a mail that is not ours is counted as forged too. */
export async function takeNotice(app: App, tx: Tx, notice: Notice, source: HookProvider): Promise<string> {
  // The provider's id may contain a mail address, so only its hash is kept.
  const event = createHash('sha256').update(`${source}\n${notice.event}`).digest('hex')
  const { report, recipients } = notice
  return take(app, tx, { report, source, event, recipients: recipients.map(bareAddress) }, () =>
    matchBounce(app, tx, notice),
  )
}

/** A report with its source, the hash of its event's id, and the addresses that it is about, where the source gives them. */
type SourcedReport = {
  report: BounceReport
  source: 'smtp' | HookProvider
  event: string | null
  recipients: readonly string[]
}

async function take(
  app: App,
  tx: Tx,
  { report, source, event, recipients }: SourcedReport,
  find: () => Promise<Bounced | undefined>,
): Promise<string> {
  const verdict = verdictOnReport(report)
  if (!verdict) return 'ignored'
  const bounced = await find()
  if (bounced?.erased_at) return 'ignored' // its words may name a reader who is not to be named any more
  const own = bounced ? [bounced.email, ...recipients] : recipients
  const detail = withoutAddresses(verdict.detail, ...own).slice(0, 300)
  const kind = bounced ? verdict.kind : 'forged'
  const about = {
    delivery: bounced?.id ?? null,
    subscriber: bounced?.subscriber_id ?? null,
    domain: bounced ? mailDomainOf(bounced.email) : null,
  }
  const isNew = await noteBounce(tx, { ...about, kind, source, detail, event, at: app.now() })
  if (!isNew) return 'repeated'
  if (!bounced) return kind
  app.log.info({ delivery: bounced.id, kind, source }, 'took a bounce report')
  await applyVerdict(app, tx, bounced, { kind: verdict.kind, detail }, source === 'smtp')
  return kind
}

async function applyVerdict(
  app: App,
  tx: Tx,
  { subscriber_id: subscriber, email }: Bounced,
  { kind, detail: words }: BounceVerdict,
  byMail: boolean,
): Promise<void> {
  if (kind === 'soft') return
  if (kind !== 'complaint') return judgeAnswer(app, tx, { subscriber, email, kind, words, byMail })
  const now = app.now()
  await suppress(tx, { email, subscriber, reason: 'complaint', words }, now)
  await endSubscriptions(tx, subscriber, now)
  await retireSubscriber(tx, subscriber, now)
}
