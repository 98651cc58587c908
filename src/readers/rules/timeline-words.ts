import { formatIn } from '../../platform/text/format-instant.ts'
import type { MailFacts, TimelineFacts } from '../store/timeline.ts'

/** An event of a timeline in one or two sentences, with its times in a zone. */
export function timelineWords(facts: TimelineFacts, zone: string): string {
  switch (facts.what) {
    case 'first seen':
      return 'First seen.'
    case 'import':
      return `Imported from ${facts.file} (import ${facts.number}).`
    case 'consent':
      return `${consentWords(facts)}: ${facts.text}`
    case 'mail':
      return `${capital(mailNames[facts.kind])} “${facts.subject}”${isResent(facts) ? ', resent by an admin' : ''}: ${mailWords(facts, zone)}.`
    case 'bounce':
      return `${bounceKinds[facts.kind] ?? facts.kind} (${bounceSources[facts.source] ?? facts.source})${facts.words ? `: ${facts.words}` : ''}.`
    case 'suppression':
      return `Suppressed: ${facts.reason}${facts.words ? ` (${facts.words})` : ''}. The address gets no mail.`
    case 'no digest':
      return `No ${mailNames[facts.cadence]} of ${facts.date}: ${facts.reason ?? 'it is being composed'}.`
    case 'missed digest':
      return `No ${mailNames[facts.cadence]} of ${facts.date}: ${missedWords}.`
    case 'admin':
      return `${capital(actorWords(facts.actor))}: ${facts.action}${facts.reason ? ` (${facts.reason})` : ''}.`
  }
}

/** What an import asked for is no request of the reader. */
function consentWords({ kind, source }: { kind: string; source: string }): string {
  if (kind === 'requested' && source === 'import') return 'Entered by an import'
  return `${consentKinds[kind] ?? kind} (${sourceWords(source)})`
}

/** Why a digest was not made at all. */
export const missedWords = 'no worker of Sitrep ran within 12 hours of its time, and the next digest covers it'

/** What became of a mail, without a full stop: `accepted by the relay Tue 24 Nov 2026, 07:01 (Kyiv)`. */
export function mailWords(facts: MailFacts, zone: string): string {
  const { state, reason, reply, settled, next, attempts } = facts
  const at = timeIn(settled, zone)
  const why = [reason && (skipReasons[reason] ?? reason), reply].filter(Boolean).join('; ')
  const because = why ? ` (${why})` : ''
  const fates: Record<MailFacts['state'], string> = {
    due: next ? `waits to be sent${because}` : `is held${because}`,
    claimed: 'is being sent',
    submitted: 'is being sent',
    accepted: `accepted by the relay ${at}`,
    deferred: `delayed after ${attempts === 1 ? 'one attempt' : `${attempts} attempts`}${because}${next ? `; next attempt ${timeIn(next, zone)}` : ''}`,
    failed: `failed ${at}${because}`,
    unknown: `it is not known whether it arrived${because}`,
    skipped: `not sent${because}`,
  }
  return `${fates[state]}${afterwards(facts, zone)}`
}

function afterwards({ bounced, bounce, complained }: MailFacts, zone: string): string {
  if (complained) return `; the reader complained ${timeIn(complained, zone)}`
  return bounced ? `; bounced ${timeIn(bounced, zone)}${bounce ? ` (${bounce})` : ''}` : ''
}

/** Mails to one reader, and corrections, share an edition whose later sendings are no second copies. */
const isResent = ({ kind, sending }: MailFacts): boolean =>
  sending > 0 && ['welcome', 'daily', 'weekly', 'alert'].includes(kind)

/** Who acted, as the audit log names them: `cli`, `admin:3`, `reader`. */
function actorWords(actor: string): string {
  if (actor === 'cli') return 'an admin, by command'
  return actor.replace(/^admin:(\d+)$/, 'admin $1')
}

/** Where a consent came from: a link in a mail, the network of a form, or an admin. */
function sourceWords(source: string): string {
  if (source === 'link') return 'by a link in a mail'
  return /^[\da-f.:]+\/\d+$/i.test(source) ? `from the network ${source}` : actorWords(source)
}

const timeIn = (at: string, zone: string): string => formatIn(zone, Temporal.Instant.from(at))
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** The name of a kind of mail within a sentence. */
const mailNames: Record<MailFacts['kind'], string> = {
  confirmation: 'confirmation mail',
  link: 'mail with a link',
  change: 'mail about a change',
  welcome: 'welcome digest',
  daily: 'daily digest',
  weekly: 'weekly digest',
  alert: 'alert',
  correction: 'correction',
}
const consentKinds: Record<string, string> = {
  requested: 'Asked for mail',
  confirmed: 'Confirmed',
  given: 'Agreed, as an admin recorded',
  changed: 'Changed',
  withdrawn: 'Ended mail',
}
const bounceKinds: Record<string, string> = {
  dead: 'The address was called dead',
  held: 'The address was called dead while its mail domain was in trouble',
  recipient: 'The recipient was refused',
  domain: 'The mail domain was called dead',
  full: 'The mailbox was full',
  soft: 'A bounce that ends nothing',
  complaint: 'A complaint',
}
const bounceSources: Record<string, string> = { reply: 'reply of the mail server', smtp: 'bounce mail' }
const skipReasons: Record<string, string> = {
  suppressed: 'the address is suppressed',
  unsubscribed: 'the reader had unsubscribed',
  muted: 'the reader had muted the story',
  erased: 'the reader was erased',
  'nothing to confirm': 'no subscription waited for confirmation',
}
