import { type KeyObject, verify, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { jsonText } from './notice.ts'

/** A message of Amazon SNS with its texts unchanged, because its signature covers them. */
export type SnsMessage = z.infer<typeof messageSchema>

/**
 * Reads the body of a call; a malformed body gives undefined.
 * Source: Amazon SNS Developer Guide, "HTTP/HTTPS JSON formats".
 */
export function readSns(body: string): SnsMessage | undefined {
  return jsonText.pipe(messageSchema).safeParse(body).data
}

const envelope = {
  MessageId: z.string().min(1).max(200),
  TopicArn: z.string().max(500),
  Message: z.string(),
  Timestamp: z.iso
    .datetime()
    .max(30) // nine digits of a second; Temporal reads no more
    .transform((text) => ({ text, instant: Temporal.Instant.from(text) })),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string().max(2000),
  SigningCertURL: z.string().max(500),
}
const subscription = { Token: z.string(), SubscribeURL: z.string().max(4000) }

const messageSchema = z.discriminatedUnion('Type', [
  z.object({ Type: z.literal('Notification'), Subject: z.string().nullish(), ...envelope }),
  z.object({ Type: z.literal('SubscriptionConfirmation'), ...subscription, ...envelope }),
  z.object({ Type: z.literal('UnsubscribeConfirmation'), ...subscription, ...envelope }),
])

/**
 * Whether the key of the certificate signed the message: RSA with SHA-1 in version 1 and SHA-256 in version 2, over the
 * names and values of its fields in byte order.
 * Source: Amazon SNS Developer Guide, "Verifying the signatures of Amazon SNS messages".
 */
export function isSignedBySns(message: SnsMessage, key: KeyObject): boolean {
  const signature = Buffer.from(message.Signature, 'base64')
  return verify(message.SignatureVersion === '2' ? 'sha256' : 'sha1', Buffer.from(signedText(message)), key, signature)
}

/** The text that SNS signs: the fields of the message's type, each name and value on a line of its own. */
function signedText(message: SnsMessage): string {
  const { Type, MessageId, TopicArn, Message, Timestamp } = message
  const fieldsOfType =
    message.Type === 'Notification'
      ? { Subject: message.Subject }
      : { SubscribeURL: message.SubscribeURL, Token: message.Token }
  const fields = { Message, MessageId, ...fieldsOfType, Timestamp: Timestamp.text, TopicArn, Type }
  return Object.entries(fields)
    .filter(([, value]) => typeof value === 'string')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}\n${value}\n`)
    .join('')
}

/**
 * The public RSA key of a certificate (PEM); undefined when there is none, or the certificate is not valid at `now`.
 */
export function keyOfCertificate(pem: string, now: Temporal.Instant): KeyObject | undefined {
  try {
    const { publicKey, validFromDate, validToDate } = new X509Certificate(pem)
    const at = now.epochMilliseconds
    const isValid = validFromDate.getTime() <= at && at <= validToDate.getTime()
    return isValid && publicKey.asymmetricKeyType === 'rsa' ? publicKey : undefined
  } catch {
    return undefined
  }
}

/** The host of SNS in the region of a topic, and no other: buckets and services have hosts in the same domain. */
function hostOf(topicArn: string): string | null {
  const [, partition = '', , region = ''] = topicArn.split(':')
  if (!/^[a-z]{2,8}(?:-[a-z]+){1,3}-\d{1,2}$/.test(region)) return null
  return `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`
}

/** Whether an address is at SNS itself, in the region of the topic: https, and the default port. */
export function isAtSns(address: string, topicArn: string): boolean {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' || url.port || url.username || url.password) return false
  return url.hostname === hostOf(topicArn)
}

/** Whether an address can be that of a certificate of SNS for messages of the topic. */
export function isSnsCertificate(address: string, topicArn: string): boolean {
  return isAtSns(address, topicArn) && new URL(address).pathname.endsWith('.pem')
}
