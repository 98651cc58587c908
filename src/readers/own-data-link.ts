import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { readLink, type VoidLink } from './preferences-link.ts'
import { findSubscriber, lockSubscriber, type Subscriber } from './store/subscribers.ts'

/** `narrow`: the link of a digest or an alert shows no data. */
export type NoOwnData = { kind: 'narrow' } | VoidLink
type OwnData = { kind: 'open'; subscriber: Subscriber } | NoOwnData

/**
 * The reader whose data a link to all preferences opens. Unlike the preferences, it opens for those who have unsubscribed too: their
 * data is still here.
 */
async function checkOwnData(
  app: App,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<OwnData> {
  const link = await readLink(app, token, find)
  if (link.kind !== 'read') return link
  return link.subscription === null ? { kind: 'open', subscriber: link.subscriber } : { kind: 'narrow' }
}

/** The reader of a link, to read the reader's data. Changes nothing. */
export const peekOwnData = (app: App, token: string): Promise<OwnData> =>
  checkOwnData(app, token, (id) => findSubscriber(app.db, id))

/** Changes the data of the reader of a link, under the reader's lock and in one transaction. */
export async function changeOwnData<T>(
  app: App,
  token: string,
  change: (tx: Tx, subscriber: Subscriber) => Promise<T>,
): Promise<T | NoOwnData> {
  return app.db.transaction().execute(async (tx) => {
    const link = await checkOwnData(app, token, (id) => lockSubscriber(tx, id))
    return link.kind === 'open' ? change(tx, link.subscriber) : link
  })
}
