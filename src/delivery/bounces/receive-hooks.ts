import type { App } from '../../app.ts'
import type { HookProvider } from '../../config.ts'
import type { Tx } from '../../platform/db/db.ts'
import { spendHookToken } from '../store/bounces.ts'
import { isFromMailgun, readMailgun } from './hooks/mailgun.ts'
import type { Notice } from './hooks/notice.ts'
import { isFromPostmark, readPostmark } from './hooks/postmark.ts'
import { readSes } from './hooks/ses.ts'
import { isAtSns, isSignedBySns, readSns, type SnsMessage } from './hooks/sns.ts'
import type { Certificates } from './sns-certificates.ts'
import { takeNotice } from './take-bounce.ts'

/** The response to a webhook call: an HTTP status and one sentence. */
export type HookResponse = { status: 200 | 400 | 401 | 403 | 503; say: string }

/**
 * Receives a webhook call of Postmark. `secret` is `user:password`; `header` is the Authorization header of the call. The body
 * of a stranger is not read.
 */
export async function receivePostmark(
  app: App,
  secret: string,
  header: string | undefined,
  readBody: () => Promise<string>,
): Promise<HookResponse> {
  if (!isFromPostmark(secret, header)) return response(401, 'The user name or the password is wrong.')
  const notices = readPostmark(await readBody())
  return notices ? takeNotices(app, 'postmark', notices) : response(400, 'The body is not a Postmark webhook.')
}

const mailgunMaxAge = Temporal.Duration.from({ minutes: 15 })

/** Receives a webhook call of Mailgun, which Mailgun signs. A signature counts for one event and for 15 minutes. */
export async function receiveMailgun(app: App, key: string, body: string): Promise<HookResponse> {
  const call = readMailgun(body)
  if (!call) return response(400, 'The body is not a Mailgun webhook.')
  if (!isFromMailgun(key, call.proof)) {
    return response(403, 'The signature was not made with our HTTP webhook signing key.')
  }
  if (!isWithin(app.now(), call.at, mailgunMaxAge)) {
    return response(403, 'The timestamp is more than 15 minutes from our clock.')
  }
  return app.db.transaction().execute(async (tx) => {
    const spent = await spendHookToken(tx, call.token, call.event, app.now())
    if (spent === 'spent') return response(403, 'This token was used for another event.')
    return spent === 'again' ? taken(['repeated']) : taken(await takeAll(app, tx, 'mailgun', call.notices))
  })
}

const snsMaxAge = Temporal.Duration.from({ hours: 1 })

/**
 * Receives a message of Amazon SNS to one of our topics: a notification of SES, or the request to confirm a
 * subscription.
 */
export async function receiveSes(app: App, certificates: Certificates, body: string): Promise<HookResponse> {
  const message = readSns(body)
  if (!message) return response(400, 'The body is not an Amazon SNS message; raw message delivery must be off.')
  const refusal = await refusalOf(app, certificates, message)
  if (refusal) return refusal
  if (message.Type === 'SubscriptionConfirmation') return confirmSubscription(app, message)
  if (message.Type === 'UnsubscribeConfirmation') {
    app.log.warn({ topic: message.TopicArn }, 'was unsubscribed from an SNS topic')
    return response(200, 'Noted.')
  }
  const notices = readSes(message.Message, message.MessageId)
  return notices ? takeNotices(app, 'ses', notices) : response(400, 'The message is not an SES notification.')
}

/** The cheap checks come first, so that nothing is fetched for a message to another topic. */
async function refusalOf(app: App, certificates: Certificates, message: SnsMessage): Promise<HookResponse | undefined> {
  if (!app.config.hooks.ses?.includes(message.TopicArn)) {
    return response(403, 'SES_TOPIC_ARN does not name this topic.')
  }
  if (!isWithin(app.now(), message.Timestamp.instant, snsMaxAge)) {
    return response(403, 'The timestamp is more than an hour from our clock.')
  }
  const certificate = await certificates.get(message.SigningCertURL, message.TopicArn)
  // SNS repeats a call after 503, and never after 403.
  if (certificate.kind === 'unreachable') {
    return response(503, 'The SNS certificate could not be fetched; try again later.')
  }
  if (certificate.kind !== 'key') return response(403, 'The certificate is not a valid SNS certificate.')
  if (isSignedBySns(message, certificate.key)) return undefined
  return response(403, 'The signature was not made with this certificate.')
}

async function confirmSubscription(
  app: App,
  { SubscribeURL: url, TopicArn }: SnsMessage & { Type: 'SubscriptionConfirmation' },
): Promise<HookResponse> {
  if (!isAtSns(url, TopicArn)) return response(403, 'The confirmation address is not at SNS.')
  const outcome = await app.fetcher.get(url, { accept: '*/*', isFound: true })
  if (outcome.kind !== 'fetched') return response(503, 'The subscription could not be confirmed; try again later.')
  app.log.info('confirmed a subscription to an SNS topic')
  return response(200, 'Confirmed.')
}

/** Takes all notices of a call in one transaction, so a call is taken whole or not at all. */
async function takeNotices(app: App, source: HookProvider, notices: Notice[]): Promise<HookResponse> {
  if (!notices.length) return taken([])
  return taken(await app.db.transaction().execute((tx) => takeAll(app, tx, source, notices)))
}

async function takeAll(app: App, tx: Tx, source: HookProvider, notices: Notice[]): Promise<string[]> {
  const kinds: string[] = []
  for (const notice of notices) kinds.push(await takeNotice(app, tx, notice, source))
  return kinds
}

const taken = (kinds: string[]): HookResponse => response(200, `Taken: ${kinds.join(', ') || 'nothing to do'}.`)

const response = (status: HookResponse['status'], say: string): HookResponse => ({ status, say })

/** Whether two instants are at most `limit` apart. */
function isWithin(one: Temporal.Instant, other: Temporal.Instant, limit: Temporal.Duration): boolean {
  return Temporal.Duration.compare(one.since(other).abs(), limit) <= 0
}
