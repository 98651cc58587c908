import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { verifyToken } from './rules/token.ts'
import { lockSubscriber, type Subscriber } from './store/subscribers.ts'

/** `inactive`: the address has no active subscription; the sign-up form is the way back. `expired`: request a fresh link. */
export type NoPreferences = { kind: 'inactive' } | { kind: 'expired' } | { kind: 'invalid' }

/**
 * The reader whose preferences a token opens. It needs the reader's own nonce: who has a leaked key cannot guess that. Links of
 * earlier versions have none and count as expired.
 */
export async function checkLink(
  app: App,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<{ kind: 'open'; subscriber: Subscriber } | NoPreferences> {
  const check = verifyToken(app.config.secretKeys, 'preferences', token, app.now())
  if (check.kind !== 'valid') return { kind: check.kind }
  const subscriber = await find(Number(check.subject))
  if (check.nonce !== subscriber?.preferences_nonce) return { kind: 'expired' }
  if (subscriber?.state !== 'active') return { kind: 'inactive' }
  return { kind: 'open', subscriber }
}

/** Makes a change for the reader of a token, under the reader's lock and in one transaction. */
export async function changeForReader<T>(
  app: App,
  token: string,
  change: (tx: Tx, subscriber: Subscriber) => Promise<T>,
): Promise<T | NoPreferences> {
  return app.db.transaction().execute(async (tx) => {
    const link = await checkLink(app, token, (reader) => lockSubscriber(tx, reader))
    return link.kind === 'open' ? change(tx, link.subscriber) : link
  })
}
