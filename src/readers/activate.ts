import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import type { Cadence } from '../platform/db/tables/editions.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { mailLinks } from './rules/mail-links.ts'
import { activateSubscriber, type Subscriber } from './store/subscribers.ts'
import { activatePending, type Subscription } from './store/subscriptions.ts'

/**
 * Makes what a reader wished for active, in the transaction that holds their lock. Everything committed until now gets its
 * position first, so that the subscription starts exactly here: nothing twice, nothing left out.
 */
export async function activate(
  app: App,
  tx: Tx,
  subscriberId: number,
  cadences: readonly Cadence[],
): Promise<Subscription[]> {
  const position = await numberMatches(tx)
  await activateSubscriber(tx, subscriberId, app.now())
  return activatePending(tx, subscriberId, cadences, position, app.now())
}

/** A link to the reader's own page, good for 30 days. */
export function preferencesLink(app: App, subscriber: Subscriber): string {
  const { secretKeys: keys, publicUrl } = app.config
  return mailLinks({ keys, publicUrl, datedAt: app.now(), subscriber }).preferences
}
