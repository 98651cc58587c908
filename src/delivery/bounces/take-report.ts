import { createHash } from 'node:crypto'
import type { App } from '../../app.ts'
import { withoutAddresses } from '../../platform/address.ts'
import type { Tx } from '../../platform/db/db.ts'
import { retireSubscriber } from '../../readers/store/subscribers.ts'
import { endSubscriptions } from '../../readers/store/subscriptions.ts'
import { suppress } from '../../readers/store/suppressions.ts'
import { readVerp } from '../rules/verp.ts'
import { type Bounced, findBounced, noteBounce } from '../store/bounces.ts'
import type { Notice } from './hooks/notice.ts'
import { isMailboxAbandoned } from './is-mailbox-abandoned.ts'
import { matchBounce } from './match-bounce.ts'
import { type BounceReport, type BounceVerdict, verdictOnReport } from './report.ts'

/**
 * Takes a report that came to a VERP address or named one. What is not signed by us is counted and ignored: anybody can
 * send a bounce. `source` says where it came from.
 */
export async function takeReport(app: App, address: string, report: BounceReport, source: string): Promise<string> {
  const delivery = readVerp(app.config.secretKeys, address)
  const told = { report, source, event: null }
  return app.db
    .transaction()
    .execute((tx) => take(app, tx, told, async () => (delivery === undefined ? undefined : findBounced(tx, delivery))))
}

/** Takes what a provider proved to have sent; what concerns no mail of ours is counted and ignored here too. */
export async function takeNotice(app: App, tx: Tx, notice: Notice, source: string): Promise<string> {
  const event = createHash('sha256').update(`${source}\n${notice.event}`).digest('hex') // it may hold an address
  return take(app, tx, { report: notice.report, source, event }, () => matchBounce(app, tx, notice))
}

type Told = { report: BounceReport; source: string; event: string | null }

async function take(app: App, tx: Tx, told: Told, find: () => Promise<Bounced | undefined>): Promise<string> {
  const verdict = verdictOnReport(told.report)
  if (!verdict) return 'ignored'
  const bounced = await find()
  const detail = withoutAddresses(verdict.detail).slice(0, 300)
  const kind = bounced ? verdict.kind : 'forged'
  const note = { source: told.source, event: told.event, detail, at: app.now() }
  if (!(await noteBounce(tx, { ...note, delivery: bounced?.id ?? null, kind }))) return 'repeated'
  if (!bounced) return kind
  app.log.info({ delivery: bounced.id, kind, source: told.source }, 'took a report of a mail')
  await act(app, tx, bounced, { kind: verdict.kind, detail })
  return kind
}

async function act(app: App, tx: Tx, { subscriber_id, email }: Bounced, verdict: BounceVerdict): Promise<void> {
  if (await isOver(app, tx, subscriber_id, verdict)) await suppress(tx, email, reasonOf(verdict), app.now())
  if (verdict.kind !== 'complaint') return
  await endSubscriptions(tx, subscriber_id, app.now())
  await retireSubscriber(tx, subscriber_id, app.now())
}

async function isOver(app: App, tx: Tx, subscriber: number, { kind }: BounceVerdict): Promise<boolean> {
  return kind === 'full' ? isMailboxAbandoned(app, tx, subscriber) : kind !== 'soft'
}

const reasonOf = ({ kind, detail }: BounceVerdict): string =>
  kind === 'complaint' ? 'complained' : `bounced: ${detail}`.slice(0, 200)
