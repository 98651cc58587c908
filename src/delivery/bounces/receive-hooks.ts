import type { App } from '../../app.ts'
import type { Tx } from '../../platform/db/db.ts'
import { spendHookToken } from '../store/bounces.ts'
import { isFromMailgun, readMailgun } from './hooks/mailgun.ts'
import type { Notice } from './hooks/notice.ts'
import { isFromPostmark, readPostmark } from './hooks/postmark.ts'
import { takeNotice } from './take-report.ts'

/** What a provider is told: a status of HTTP and one sentence. */
export type HookResponse = { status: 200 | 400 | 401 | 403 | 503; say: string }

/** Takes a webhook of Postmark, which shows `user:password`. */
export async function hearPostmark(app: App, secret: string, header: string | undefined, body: string) {
  if (!isFromPostmark(secret, header)) return hookResponse(401, 'The user name or the password is wrong.')
  const notices = readPostmark(body)
  if (!notices) return hookResponse(400, 'This is no webhook of Postmark as we know them.')
  return takeNotices(app, 'postmark', notices)
}

const fresh = Temporal.Duration.from({ minutes: 15 })

/** Takes a webhook of Mailgun, which is signed; what proves it is good for one event, and for a short time. */
export async function hearMailgun(app: App, key: string, body: string): Promise<HookResponse> {
  const call = readMailgun(body)
  if (!call) return hookResponse(400, 'This is no webhook of Mailgun as we know them.')
  if (!isFromMailgun(key, call.proof)) return hookResponse(403, 'The signature is not by our HTTP webhook signing key.')
  if (!isWithin(app.now(), call.at, fresh)) return hookResponse(403, 'The timestamp is more than 15 minutes away.')
  return app.db.transaction().execute(async (tx) => {
    const spent = await spendHookToken(tx, call.token, call.event, app.now())
    if (spent === 'spent') return hookResponse(403, 'This token was used for another event.')
    return spent === 'again' ? taken(['repeated']) : taken(await takeAll(app, tx, 'mailgun', call.notices))
  })
}

/** Takes all that a call tells, or nothing. */
export async function takeNotices(app: App, source: string, notices: Notice[]): Promise<HookResponse> {
  if (!notices.length) return taken([])
  return taken(await app.db.transaction().execute((tx) => takeAll(app, tx, source, notices)))
}

async function takeAll(app: App, tx: Tx, source: string, notices: Notice[]): Promise<string[]> {
  const kinds: string[] = []
  for (const notice of notices) kinds.push(await takeNotice(app, tx, notice, source))
  return kinds
}

export function hookResponse(status: HookResponse['status'], say: string): HookResponse {
  return { status, say }
}

const taken = (kinds: string[]): HookResponse => hookResponse(200, `Taken: ${kinds.join(', ') || 'nothing to do'}.`)

/** Whether two instants are at most so far apart. */
export function isWithin(one: Temporal.Instant, other: Temporal.Instant, limit: Temporal.Duration): boolean {
  return Temporal.Duration.compare(one.since(other).abs(), limit) <= 0
}
