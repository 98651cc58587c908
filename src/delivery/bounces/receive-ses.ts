import type { App } from '../../app.ts'
import { readSes } from './hooks/ses.ts'
import { isAtSns, isSignedBySns, readSns, type SnsMessage } from './hooks/sns.ts'
import { type HookResponse, hookResponse, isWithin, takeNotices } from './receive-hooks.ts'
import type { Certificates } from './sns-certificates.ts'

const fresh = Temporal.Duration.from({ hours: 1 })

/** Takes a message of SNS to one of our topics: a notification of SES, or the question whether we subscribed. */
export async function hearSes(app: App, certificates: Certificates, body: string): Promise<HookResponse> {
  const message = readSns(body)
  if (!message) return hookResponse(400, 'This is no message of Amazon SNS; raw message delivery must be off.')
  const refusal = await refusalOf(app, certificates, message)
  if (refusal) return refusal
  if (message.Type === 'SubscriptionConfirmation') return confirm(app, message.SubscribeURL)
  if (message.Type === 'UnsubscribeConfirmation') {
    app.log.warn({ topic: message.TopicArn }, 'was unsubscribed from a topic of SNS')
    return hookResponse(200, 'Noted.')
  }
  const notices = readSes(message.Message, message.MessageId)
  return notices
    ? takeNotices(app, 'ses', notices)
    : hookResponse(400, 'This is no notification of SES as we know them.')
}

/** The cheap questions come first: nothing is fetched for a message to another topic. */
async function refusalOf(app: App, certificates: Certificates, message: SnsMessage): Promise<HookResponse | undefined> {
  if (!app.config.hooks.sesTopics.includes(message.TopicArn))
    return hookResponse(403, 'SES_TOPIC_ARN does not name this topic.')
  if (!isWithin(app.now(), message.Timestamp.instant, fresh))
    return hookResponse(403, 'The timestamp is over an hour away.')
  const certificate = await certificates.get(message.SigningCertURL)
  // SNS comes again after 503, and after 403 never.
  if (certificate.kind === 'unreachable')
    return hookResponse(503, 'The certificate of SNS is out of reach; come again.')
  if (certificate.kind !== 'key') return hookResponse(403, 'The certificate is none of SNS that is valid.')
  return isSignedBySns(message, certificate.key)
    ? undefined
    : hookResponse(403, 'The signature is not by this certificate.')
}

async function confirm(app: App, url: string): Promise<HookResponse> {
  if (!isAtSns(url)) return hookResponse(403, 'The address to confirm at is not at SNS.')
  const outcome = await app.fetcher.get(url, { accept: '*/*' })
  if (outcome.kind !== 'fetched') return hookResponse(503, 'The subscription could not be confirmed; come again.')
  app.log.info('confirmed a subscription to a topic of SNS')
  return hookResponse(200, 'Confirmed.')
}
