import type { BounceKind } from '../../platform/db/tables/delivery.ts'
import { refusalKind } from '../rules/refusal-kind.ts'

/** What a mail server or a mail provider reports about a mail. `status` is an enhanced status code (RFC 3463). */
export type BounceReport =
  | { kind: 'bounce'; status: string; detail: string }
  | { kind: 'delay'; status: string; detail: string }
  | { kind: 'complaint'; detail: string }

/** What a report means. `soft` says nothing of the address: trouble on the way, policy, content. */
export type BounceVerdict = {
  kind: Extract<BounceKind, 'dead' | 'recipient' | 'domain' | 'full' | 'soft' | 'complaint'>
  detail: string
}

/**
 * Decides by the status code and the words; undefined for a delay, and for a feedback report that is not a complaint. A
 * failure that is called temporary ends no address, and may be a full mailbox or a domain that cannot be found.
 */
export function verdictOnReport(report: BounceReport): BounceVerdict | undefined {
  if (report.kind === 'delay') return undefined
  if (report.kind === 'complaint') return complaints.has(report.detail.toLowerCase()) ? report : undefined
  const { status } = report
  const detail = report.detail.includes(status) ? report.detail : `${status} ${report.detail}`
  const kind = refusalKind({ status, text: report.detail })
  if (kind === 'policy' || kind === 'way') return { kind: 'soft', detail }
  const isForNow = status.startsWith('4') && (kind === 'dead' || kind === 'recipient')
  return { kind: isForNow ? 'soft' : kind, detail }
}

/**
 * The feedback types of a reader who does not want the mail (RFC 5965 7.3), and `opt-out` of the drafts before it. All others
 * are none: a reader who wants the mail (`not-spam`, RFC 6430), a server that checks signatures (RFC 6591), and types to come.
 * RFC 6692 adds none.
 */
const complaints = new Set(['abuse', 'fraud', 'virus', 'other', 'opt-out'])
