import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { preferencesSubject } from './rules/mail-links.ts'
import { verifyToken } from './rules/token.ts'
import { lockSubscriber, type Subscriber } from './store/subscribers.ts'

/**
 * `inactive`: the address has no active subscription; the sign-up form is the way back. `expired`: request a fresh link. `void`: the
 * address changed, or a change of it was cancelled. `gone`: the reader was erased.
 * `narrow`: the link came with a digest or an alert, and opens that mail's subscription alone.
 */
export type NoPreferences = { kind: 'inactive' } | { kind: 'narrow' } | VoidLink
/** A link that opens nothing of a reader. */
export type VoidLink = { kind: 'expired' | 'void' | 'gone' | 'invalid' }

/** The reader of a link; `subscription` is the only one that the link opens, null for all. */
export type OpenLink = { subscriber: Subscriber; subscription: number | null }

/** `whole`: only the link of a mail that went to the reader on request opens it. `any`: one of a digest or an alert does too. */
export type LinkKind = 'whole' | 'any'

type FindReader = (id: number) => Promise<Subscriber | undefined>

/**
 * The reader whom a token names, who may have left. It needs the reader's own nonce: who has a leaked key cannot guess that. Links
 * of earlier versions have none and are void.
 */
export async function readLink(
  app: App,
  token: string,
  find: FindReader,
): Promise<({ kind: 'read' } & OpenLink) | VoidLink> {
  const check = verifyToken(app.config.secretKeys, 'preferences', token, app.now())
  const subject = check.kind === 'invalid' ? null : preferencesSubject(check.subject)
  if (check.kind === 'invalid' || !subject) return { kind: 'invalid' }
  const subscriber = await find(subject.subscriber)
  if (subscriber?.erased_at) return { kind: 'gone' }
  if (check.kind === 'expired') return { kind: 'expired' }
  if (!subscriber || check.nonce !== subscriber.preferences_nonce) return { kind: 'void' }
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
