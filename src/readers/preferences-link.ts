import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { preferencesSubject } from './rules/mail-links.ts'
import { verifyToken } from './rules/token.ts'
import { lockSubscriber, type Subscriber } from './store/subscribers.ts'

/**
 * `inactive`: the address has no active subscription; the sign-up form is the way back. `expired`: request a fresh link.
 * `narrow`: the link came with a digest or an alert, and opens that mail's subscription alone.
 */
export type NoPreferences = { kind: 'inactive' } | { kind: 'expired' } | { kind: 'narrow' } | { kind: 'invalid' }

/** The reader of a link; `subscription` is the only one that the link opens, null for all. */
export type OpenLink = { subscriber: Subscriber; subscription: number | null }

/** `whole`: only the link of a mail that went to the reader on request opens it. `any`: one of a digest or an alert does too. */
export type LinkKind = 'whole' | 'any'

type FindReader = (id: number) => Promise<Subscriber | undefined>

/**
 * The reader whom a token names, who may have left. It needs the reader's own nonce: who has a leaked key cannot guess that. Links
 * of earlier versions have none and count as expired.
 */
export async function readLink(
  app: App,
  token: string,
  find: FindReader,
): Promise<({ kind: 'read' } & OpenLink) | { kind: 'expired' } | { kind: 'invalid' }> {
  const check = verifyToken(app.config.secretKeys, 'preferences', token, app.now())
  if (check.kind !== 'valid') return { kind: check.kind }
  const subject = preferencesSubject(check.subject)
  if (!subject) return { kind: 'invalid' }
  const subscriber = await find(subject.subscriber)
  if (!subscriber || check.nonce !== subscriber.preferences_nonce) return { kind: 'expired' }
  return { kind: 'read', subscriber, subscription: subject.subscription }
}

/** The reader whose preferences a token opens. */
export async function checkLink(
  app: App,
  token: string,
  find: FindReader,
  opens: LinkKind = 'whole',
): Promise<({ kind: 'open' } & OpenLink) | NoPreferences> {
  const link = await readLink(app, token, find)
  if (link.kind !== 'read') return link
  if (link.subscriber.state !== 'active') return { kind: 'inactive' }
  if (opens === 'whole' && link.subscription !== null) return { kind: 'narrow' }
  return { ...link, kind: 'open' }
}

/** Makes a change for the reader of a whole link, under the reader's lock and in one transaction. */
export const changeForReader = <T>(
  app: App,
  token: string,
  change: (tx: Tx, subscriber: Subscriber) => Promise<T>,
): Promise<T | NoPreferences> => underLock(app, token, 'whole', (tx, { subscriber }) => change(tx, subscriber))

/** Makes a change for the reader of any link, as `changeForReader` does; the change keeps to the link's subscription. */
export const changeByAnyLink = <T>(
  app: App,
  token: string,
  change: (tx: Tx, link: OpenLink) => Promise<T>,
): Promise<T | NoPreferences> => underLock(app, token, 'any', change)

async function underLock<T>(
  app: App,
  token: string,
  opens: LinkKind,
  change: (tx: Tx, link: OpenLink) => Promise<T>,
): Promise<T | NoPreferences> {
  return app.db.transaction().execute(async (tx) => {
    const link = await checkLink(app, token, (reader) => lockSubscriber(tx, reader), opens)
    return link.kind === 'open' ? change(tx, link) : link
  })
}
