import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { sameMac } from '../../../platform/mac.ts'
import type { BounceReport } from '../report.ts'
import { bounceOf, jsonText, type Notice, perhaps, words } from './notice.ts'

/** What proves a call, when it was made (seconds since 1970), and what it tells; the token is good for one event. */
export type MailgunCall = { proof: Proof; at: Temporal.Instant; token: string; event: string; notices: Notice[] }

type Proof = { timestamp: string; token: string; signatures: string[] }

/**
 * Reads a webhook of Mailgun; all that is no failure or complaint is no notice. Undefined is malformed.
 * Source: Mailgun's user manual, "Securing webhooks", "Webhook payloads" and "Event types".
 */
export function readMailgun(body: string): MailgunCall | undefined {
  return jsonText.pipe(callSchema).safeParse(body).data
}

/** Whether one of the signatures is the HMAC-SHA-256 of timestamp and token; a subaccount adds its parent's. */
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
    'parent-signature': perhaps(200),
  })
  .transform(({ timestamp, token, signature, 'parent-signature': parent }) => ({
    ...{ timestamp, token },
    signatures: [signature, parent ?? []].flat(),
  }))

const statusSchema = z
  .object({ 'enhanced-code': perhaps(40), message: perhaps(1000), description: perhaps(1000) })
  .catch({ 'enhanced-code': undefined, message: undefined, description: undefined })

const eventSchema = z
  .object({
    event: words(60),
    id: words(200), // unique within a day only
    timestamp: z.number().catch(0),
    severity: perhaps(60),
    reason: perhaps(60),
    recipient: perhaps(400),
    envelope: z.object({ sender: perhaps(400) }).catch({ sender: undefined }),
    message: z
      .object({ headers: z.object({ 'message-id': perhaps(1000), from: perhaps(400) }) })
      .catch({ headers: { 'message-id': undefined, from: undefined } }),
    'delivery-status': statusSchema,
  })
  .transform(({ id, timestamp, recipient, envelope, message: { headers }, ...event }) => {
    const report = reportOf(event)
    const senders = [envelope.sender ?? [], headers.from ?? []].flat()
    const named = { recipients: [recipient ?? []].flat(), senders, marks: senders, messageId: headers['message-id'] }
    const key = `${id} ${timestamp}`
    return { event: key, notices: report ? [{ event: key, report, ...named }] : [] }
  })

const callSchema = z
  .object({ signature: proofSchema, 'event-data': eventSchema })
  .transform(({ signature, 'event-data': told }) => ({
    ...{ proof: signature, token: signature.token, ...told },
    at: Temporal.Instant.fromEpochMilliseconds(Number(signature.timestamp) * 1000),
  }))

type Told = {
  event: string
  severity?: string | undefined
  reason?: string | undefined
  'delivery-status': z.infer<typeof statusSchema>
}

/** A temporary failure is tried again by Mailgun, and what is on its own list was reported when it came there. */
function reportOf({ event, severity, reason = '', 'delivery-status': status }: Told): BounceReport | undefined {
  if (event === 'complained') return { kind: 'complaint', detail: 'abuse' }
  if (event !== 'failed') return undefined
  if (reason === 'suppress-complaint') return { kind: 'complaint', detail: reason }
  const said = bounceOf([status['enhanced-code'], status.description, status.message], '5.0.0')
  if (severity !== 'permanent') return { ...said, kind: 'delay' }
  return reason.startsWith('suppress-') || reason === 'espblock' ? { ...said, status: '5.7.1' } : said
}
