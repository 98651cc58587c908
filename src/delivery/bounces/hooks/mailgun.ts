import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { sameMac } from '../../../platform/mac.ts'
import type { BounceReport } from '../report.ts'
import { bounceOf, cleanText, jsonText, type Notice, optionalText } from './notice.ts'

/**
 * A webhook call: its signatures, when it was made, its token (good for one event), the id of the event, its notices.
 */
export type MailgunCall = { proof: Proof; at: Temporal.Instant; token: string; event: string; notices: Notice[] }

/** `timestamp` is in seconds since 1970, as Mailgun wrote it. */
type Proof = { timestamp: string; token: string; signatures: string[] }

/**
 * Reads a webhook of Mailgun. An event that is no failure and no complaint gives no notices; a malformed body gives
 * undefined. Source: Mailgun's user manual, "Securing webhooks", "Webhook payloads" and "Event types".
 */
export function readMailgun(body: string): MailgunCall | undefined {
  return jsonText.pipe(callSchema).safeParse(body).data
}

/**
 * Whether one of the signatures is the HMAC-SHA-256 of timestamp and token. A subaccount adds its parent's signature.
 */
export function isFromMailgun(key: string, { timestamp, token, signatures }: Proof): boolean {
  const expected = createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex')
  return signatures.some((signature) => sameMac(signature, expected))
}

const proofSchema = z
  .object({
    timestamp: z.union([z.int().nonnegative().transform(String), z.string()]).pipe(z.string().regex(/^\d{1,11}$/)),
    token: z.string().regex(/^[\w-]{1,200}$/),
    signature: z.string().max(200),
    'parent-signature': optionalText(200),
  })
  .transform(
    ({ timestamp, token, signature, 'parent-signature': parent }): Proof => ({
      timestamp,
      token,
      signatures: [signature, parent ?? []].flat(),
    }),
  )

const statusSchema = z
  .object({ 'enhanced-code': optionalText(40), message: optionalText(1000), description: optionalText(1000) })
  .catch({ 'enhanced-code': undefined, message: undefined, description: undefined })

const eventSchema = z
  .object({
    event: cleanText(60),
    id: cleanText(200), // unique within a day only
    timestamp: z.number().catch(0),
    severity: optionalText(60),
    reason: optionalText(60),
    recipient: optionalText(400),
    envelope: z.object({ sender: optionalText(400) }).catch({ sender: undefined }),
    message: z
      .object({ headers: z.object({ 'message-id': optionalText(1000), from: optionalText(400) }) })
      .catch({ headers: { 'message-id': undefined, from: undefined } }),
    'delivery-status': statusSchema,
  })
  .transform(({ id, timestamp, recipient, envelope, message: { headers }, ...failure }) => {
    const event = `${id} ${timestamp}`
    const report = reportOf(failure)
    if (!report) return { event, notices: [] }
    const senders = [envelope.sender ?? [], headers.from ?? []].flat()
    const recipients = [recipient ?? []].flat()
    const notice: Notice = { event, report, recipients, senders, marks: senders, messageId: headers['message-id'] }
    return { event, notices: [notice] }
  })

const callSchema = z
  .object({ signature: proofSchema, 'event-data': eventSchema })
  .transform(({ signature: proof, 'event-data': { event, notices } }): MailgunCall => {
    const at = Temporal.Instant.fromEpochMilliseconds(Number(proof.timestamp) * 1000)
    return { proof, at, token: proof.token, event, notices }
  })

type Failure = {
  event: string
  severity?: string | undefined
  reason?: string | undefined
  'delivery-status': z.infer<typeof statusSchema>
}

/** Mailgun tries again after a temporary failure. An address on Mailgun's own lists was reported when it came there. */
function reportOf({ event, severity, reason = '', 'delivery-status': status }: Failure): BounceReport | undefined {
  const isListed = event === 'failed' && reason === 'suppress-complaint'
  if (event === 'complained' || isListed) return { kind: 'complaint', detail: 'abuse' }
  if (event !== 'failed') return undefined
  const bounce = bounceOf([status['enhanced-code'], status.description, status.message], '5.0.0')
  if (severity !== 'permanent') return { ...bounce, kind: 'delay' }
  return reason.startsWith('suppress-') || reason === 'espblock' ? { ...bounce, status: '5.7.1' } : bounce
}
