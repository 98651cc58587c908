import { z } from 'zod'
import { sameMac } from '../../../platform/mac.ts'
import type { BounceReport } from '../report.ts'
import { bounceOf, cleanText, jsonText, type Notice, optionalText, softBounceOf } from './notice.ts'

/** Whether the Authorization header of a call is Basic (RFC 7617) with our `user:password`. */
export function isFromPostmark(expected: string, header = ''): boolean {
  return sameMac(header.replace(/^basic +/i, ''), Buffer.from(expected).toString('base64'))
}

/**
 * Reads a webhook of Postmark. An event that is no bounce and no complaint gives no notices; a malformed body gives
 * undefined. Source: Postmark's developer documentation, "Bounce webhook", "Spam complaint webhook" and "Bounce types".
 */
export function readPostmark(body: string): Notice[] | undefined {
  const json = jsonText.safeParse(body).data
  const type = z.object({ RecordType: cleanText(40) }).safeParse(json).data?.RecordType
  if (type === undefined) return undefined
  return type === 'Bounce' || type === 'SpamComplaint' ? recordSchema.safeParse(json).data : []
}

const recordSchema = z
  .object({
    ID: z.union([z.number().transform(String), cleanText(60)]),
    Type: cleanText(60),
    Email: cleanText(400),
    From: optionalText(400),
    Details: optionalText(1000),
    Description: optionalText(1000),
    Metadata: z.object({ delivery: optionalText(100) }).catch({ delivery: undefined }),
  })
  .transform(({ ID, Type, Email, From, Details, Description, Metadata: { delivery } }): Notice[] => {
    const report = reportOf(Type, Details || Description)
    if (!report) return []
    return [{ event: ID, report, recipients: [Email], senders: [From ?? []].flat(), marks: [delivery ?? []].flat() }]
  })

/** The type tells the kind of event. Where it leaves the reason open, the status code in the details tells it. */
function reportOf(type: string, details?: string): BounceReport | undefined {
  if (noBounces.has(type)) return undefined
  if (type === 'SpamComplaint') return { kind: 'complaint', detail: 'abuse' }
  if (type === 'Transient') return { kind: 'delay', status: '4.0.0', detail: type }
  if (policyTypes.has(type)) return { ...bounceOf([details], ''), status: '5.7.1' }
  if (type === 'SoftBounce' || type === 'DnsError') return softBounceOf([details], '4.0.0')
  return bounceOf([details], statusOfType.get(type) ?? '5.0.0')
}

const noBounces = new Set([
  'Unsubscribe',
  'Subscribe',
  'AutoResponder',
  'AddressChange',
  'OpenRelayTest',
  'ChallengeVerification',
  'Unconfirmed',
  'InboundError',
])

/** Refusals of the mail, not of the address. */
const policyTypes = new Set(['SpamNotification', 'Blocked', 'DMARCPolicy', 'VirusNotification', 'ManuallyDeactivated'])

/** The status codes of types that tell the reason themselves. */
const statusOfType = new Map([
  ['HardBounce', '5.1.1'],
  ['BadEmailAddress', '5.1.3'],
])
