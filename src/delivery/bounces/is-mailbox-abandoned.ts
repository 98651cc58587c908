import type { App } from '../../app.ts'
import type { Tx } from '../../platform/db/db.ts'
import { countFull } from '../store/bounces.ts'

const editions = 3
const within = Temporal.Duration.from({ hours: 24 * 14 })

/** A mailbox counts as abandoned when so many editions have found it full within so long, however that was said. */
export async function isMailboxAbandoned(app: App, tx: Tx, subscriber: number): Promise<boolean> {
  return (await countFull(tx, subscriber, app.now().subtract(within))) >= editions
}
