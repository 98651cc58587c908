import { z } from 'zod'
import { sameMac } from '../../../platform/mac.ts'
import type { BounceReport } from '../report.ts'
import { bounceOf, jsonText, type Notice, perhaps, softBounceOf, words } from './notice.ts'

/** Whether the Authorization header is Basic (RFC 7617) with our `user:password`. */
export function isFromPostmark(expected: string, header = ''): boolean {
  return sameMac(header.replace(/^basic +/i, ''), Buffer.from(expected).toString('base64'))
}

/**
 * Reads a webhook of Postmark; all that is no bounce or complaint is no notice. Undefined is malformed.
 * Source: Postmark's developer documentation, "Bounce webhook", "Spam complaint webhook" and "Bounce types".
 */
export function readPostmark(body: string): Notice[] | undefined {
  const json = jsonText.safeParse(body).data
  const record = z.object({ RecordType: words(40) }).safeParse(json).data?.RecordType
  if (record === undefined) return undefined
  return record === 'Bounce' || record === 'SpamComplaint' ? recordSchema.safeParse(json).data : []
}

const recordSchema = z
  .object({
    ID: z.union([z.number().transform(String), words(60)]),
    Type: words(60),
    Email: words(400),
    From: perhaps(400),
    Details: perhaps(1000),
    Description: perhaps(1000),
    Metadata: z.object({ delivery: perhaps(100) }).catch({ delivery: undefined }),
  })
  .transform(({ ID, Type, Email, From, Details, Description, Metadata: { delivery } }): Notice[] => {
    const report = reportOf(Type, Details || Description)
    const mail = { recipients: [Email], senders: [From ?? []].flat(), marks: [delivery ?? []].flat() }
    return report ? [{ event: ID, report, ...mail }] : []
  })

/** The type says what it is about; where it leaves open why, the code in the details does. */
function reportOf(type: string, details?: string): BounceReport | undefined {
  if (noBounces.has(type)) return undefined
  if (type === 'SpamComplaint') return { kind: 'complaint', detail: 'abuse' }
  if (type === 'Transient') return { kind: 'delay', status: '4.0.0', detail: type }
  if (policies.has(type)) return { ...bounceOf([details], ''), status: '5.7.1' }
  if (type === 'SoftBounce' || type === 'DnsError') return softBounceOf([details], '4.0.0')
  return bounceOf([details], codes.get(type) ?? '5.0.0')
}

const noBounces = new Set([
  ...['Unsubscribe', 'Subscribe', 'AutoResponder', 'AddressChange', 'OpenRelayTest', 'ChallengeVerification'],
  ...['Unconfirmed', 'InboundError'],
])
const policies = new Set(['SpamNotification', 'Blocked', 'DMARCPolicy', 'VirusNotification', 'ManuallyDeactivated'])
const codes = new Map([
  ['HardBounce', '5.1.1'],
  ['BadEmailAddress', '5.1.3'],
])
