import { createSign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FetchOutcome } from '../../src/http/fetch-outcome.ts'

const read = (name: string) => readFileSync(`test/fixtures/sns/${name}.pem`)
export const certificateUrl = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem'
export const topic = 'arn:aws:sns:eu-west-1:123456789012:bounces'

/** The response of SNS's server with its certificate. */
export const certificate = (url: string): FetchOutcome => ({
  kind: 'fetched',
  bodyHash: '',
  status: 200,
  url,
  headers: {},
  body: read('certificate'),
})

type Fields = Record<string, string>

/** A notification as SNS signs it. `over` replaces fields before it is signed, `after` replaces fields afterwards. */
export function notification(message: unknown, over: Fields = {}, after: Fields = {}): Fields {
  const fields: Fields = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: topic,
    Message: typeof message === 'string' ? message : JSON.stringify(message),
    Timestamp: '2026-11-23T11:59:58.123Z',
    SignatureVersion: '1',
    SigningCertURL: certificateUrl,
    UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
    ...over,
  }
  const { Message, MessageId, Subject, Timestamp, TopicArn, Type } = fields
  const subject = Subject === undefined ? '' : `Subject\n${Subject}\n`
  const text = `Message\n${Message}\nMessageId\n${MessageId}\n${subject}Timestamp\n${Timestamp}\nTopicArn\n${TopicArn}\nType\n${Type}\n`
  return { ...fields, Signature: signatureOf(text, fields.SignatureVersion!), ...after }
}

/** The request to confirm a subscription, or the notice of its end, as SNS signs it. */
export function confirmation(over: Fields = {}): Fields {
  const fields: Fields = {
    Type: 'SubscriptionConfirmation',
    MessageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
    Token: '2336412f37',
    TopicArn: topic,
    Message: 'You have chosen to subscribe to the topic.\nTo confirm the subscription, visit the SubscribeURL.',
    SubscribeURL: `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=2336412f37`,
    Timestamp: '2026-11-23T11:59:58.123Z',
    SignatureVersion: '2',
    SigningCertURL: certificateUrl,
    ...over,
  }
  const { Message, MessageId, SubscribeURL, Timestamp, Token, TopicArn, Type } = fields
  const text = `Message\n${Message}\nMessageId\n${MessageId}\nSubscribeURL\n${SubscribeURL}\nTimestamp\n${Timestamp}\nToken\n${Token}\nTopicArn\n${TopicArn}\nType\n${Type}\n`
  return { ...fields, Signature: signatureOf(text, fields.SignatureVersion!) }
}

function signatureOf(text: string, version: string): string {
  const sign = createSign(version === '2' ? 'RSA-SHA256' : 'RSA-SHA1').update(text, 'utf8')
  return sign.sign(read('key'), 'base64')
}
