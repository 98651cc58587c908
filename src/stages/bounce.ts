import type { App } from '../app.ts'
import { type BounceReport, type BounceVerdict, verdictOnReport } from '../domain/bounce.ts'
import { fullFor, fullTimes } from '../domain/full-mailbox.ts'
import { readVerp } from '../domain/verp.ts'
import { countFull, findBounced, noteBounce } from '../store/bounces.ts'
import type { Tx } from '../store/db.ts'
import { retireSubscriber } from '../store/subscribers.ts'
import { endSubscriptions } from '../store/subscriptions.ts'
import { suppress } from '../store/suppressions.ts'

/**
 * Takes a report that came to a VERP address or named one. What is not signed by us is counted and ignored: anybody can
 * send a bounce. `source` says where it came from.
 */
export async function takeReport(app: App, address: string, report: BounceReport, source: string): Promise<string> {
  const delivery = readVerp(app.config.secretKeys, address)
  const verdict = verdictOnReport(report)
  if (!verdict) return 'ignored'
  return app.db.transaction().execute(async (tx) => {
    const bounced = delivery === undefined ? undefined : await findBounced(tx, delivery)
    const note = { source, detail: verdict.detail.slice(0, 300), at: app.now() }
    await noteBounce(tx, { ...note, delivery: bounced?.id ?? null, kind: bounced ? verdict.kind : 'forged' })
    if (!bounced) return 'forged'
    app.log.info({ delivery: bounced.id, kind: verdict.kind }, 'took a report of a mail')
    if (await isOver(app, tx, bounced.subscriber_id, verdict))
      await suppress(tx, bounced.email, reasonOf(verdict), app.now())
    if (verdict.kind === 'complaint') await endAll(app, tx, bounced.subscriber_id)
    return verdict.kind
  })
}

async function isOver(app: App, tx: Tx, subscriber: number, { kind }: BounceVerdict): Promise<boolean> {
  if (kind !== 'full') return kind !== 'soft'
  return (await countFull(tx, subscriber, app.now().subtract(fullFor))) >= fullTimes
}

async function endAll(app: App, tx: Tx, subscriber: number): Promise<void> {
  await endSubscriptions(tx, subscriber, app.now())
  await retireSubscriber(tx, subscriber, app.now())
}

const reasonOf = ({ kind, detail }: BounceVerdict): string =>
  kind === 'complaint' ? 'complained' : `bounced: ${detail}`.slice(0, 200)
