import type { ShownTrouble } from '../../delivery/store/domain-troubles.ts'
import type { RefusedKind } from '../../delivery/store/refused-reports.ts'
import type { RelayTrouble } from '../../delivery/store/relay-trouble.ts'
import type { TroubledFeed } from '../../feeds/store/feed-views.ts'
import { clockDistance } from '../../platform/clock-guard.ts'
import { formatUtc } from '../../platform/text/format-instant.ts'
import { plural } from '../../platform/text/plural.ts'
import { shorten } from '../../platform/text/shorten.ts'
import type { Overview, UrgentState } from '../overview.ts'

/**
 * What an admin should act on: its type, what happened and what to do; `href` is the page to do it on. An alarm with a `key` is
 * sent to the admins, once while it lasts; the others stand on the pages alone.
 */
export type Alarm = { type: string; text: string; href?: string; key?: string }

/** What the alarms need beside the urgent state. */
export type AlarmFacts = {
  workers: number
  /** Deliveries whose result is unknown. */
  unknown: number
  /** Workers whose clocks are wrong, by how many seconds they are ahead of the database's. */
  wrongClocks: { name: string; offS: number }[]
  now: Temporal.Instant
  /** The event at which the last check found the audit chain broken; null when it found it intact, or there was none. */
  auditBrokenAt: number | null
  relay: RelayTrouble | undefined
  /** Since when no server of a feed can be reached. */
  networkDownSince: Temporal.Instant | undefined
  /** Mail domains that refuse our mail lately. */
  troubles: ShownTrouble[]
  /** Mails to the bounce listener within a day that could not be taken. */
  refusedReports: Partial<Record<RefusedKind, number>>
  /** How the warm-up stands, while mails wait or have failed for it; in sentences. */
  warmUp: string | undefined
}

const lateAfterMinutes = 10
const maxFeedsOfOneTrouble = 5

/** What failed lately and stops nothing: pages show it, and nobody is sent it. */
export type Failures = Pick<Overview, 'feeds' | 'unreadable' | 'failedLately'>

/** The alarms, the worst first; without `failures` those alone that are sent to the admins. */
export function alarmsOf(state: UrgentState, facts: AlarmFacts, failures?: Failures): Alarm[] {
  return [
    ...systemAlarms(facts),
    ...sendingAlarms(state, facts),
    ...feedAlarms(state.troubledFeeds),
    ...pastAlarms(state, failures),
  ]
}

function systemAlarms({ auditBrokenAt, workers, wrongClocks, relay, networkDownSince }: AlarmFacts): Alarm[] {
  const clocks = wrongClocks.map(({ name, offS }) => ({
    key: `clock ${name}`,
    type: 'Clock',
    text: `The worker ${name} does nothing, because its clock is ${clockDistance(offS)}. Set both clocks by NTP.`,
  }))
  return raised(
    ...clocks,
    auditBrokenAt !== null && {
      key: 'audit log',
      type: 'Audit log',
      text: `The audit log was changed: event ${auditBrokenAt} or an event before it is not original, or its key is not in AUDIT_KEY or SECRET_KEY, or was replaced before. Put an earlier key back, after the others; else check who can write to the database.`,
      href: '/admin/audit',
    },
    workers === 0 && {
      key: 'worker',
      type: 'Worker',
      text: 'No worker is running, so no feed is polled and no mail is sent. Start one with the command “sitrep worker”.',
    },
    networkDownSince !== undefined && {
      key: 'network',
      type: 'Network',
      text: `No server of a feed can be reached since ${formatUtc(networkDownSince)}. Check the network, the DNS and the clock of this machine.`,
    },
    relay !== undefined && {
      key: 'relay',
      type: 'Relay',
      text: `Sitrep cannot use the relay (${relay.reason}), so all mail waits. Check the relay and SMTP_URL.`,
    },
  )
}

function sendingAlarms(
  state: UrgentState,
  { now, unknown, warmUp, troubles: domains, refusedReports }: AlarmFacts,
): Alarm[] {
  const lateMinutes = state.oldestDue ? Math.round(now.since(state.oldestDue).total('minutes')) : 0
  const paused = state.paused.map(({ subject, slug, pause_reason }) => ({
    key: `paused ${slug}`,
    type: 'Paused edition',
    text: `“${subject}” is paused, because mail servers refused too many of its mails (${pause_reason}). Remove the cause, then resume the edition.`,
    href: `/admin/editions/${slug}`,
  }))
  return [
    ...paused,
    ...domains.map(troubleAlarm),
    ...raised(
      lostReports(refusedReports) > 0 && {
        key: 'bounce reports',
        type: 'Bounce reports',
        text: `${plural(lostReports(refusedReports), 'mail')} to the bounce port could not be taken within a day. See the log of the worker.`,
      },
      warmUp !== undefined && {
        key: 'warm-up',
        type: 'Warm-up',
        text: warmUp,
        href: '/admin/editions',
      },
      lateMinutes > lateAfterMinutes && {
        key: 'late mail',
        type: 'Late mail',
        text: `The oldest due mail has waited for ${lateMinutes} minutes. Check the workers and the relay.`,
      },
      unknown > 0 && {
        key: 'unknown result',
        type: 'Unknown result',
        text: `${plural(unknown, 'delivery has', 'deliveries have')} an unknown result. ${settleUnknown}`,
        href: '/admin/unknown',
      },
    ),
  ]
}

/** Other kinds say nothing of Sitrep: anybody can send too much. */
const lostReports = ({ unreadable = 0, failed = 0 }: Partial<Record<RefusedKind, number>>): number =>
  unreadable + failed

function troubleAlarm({ domain, kind, refused, since, words, waiting, served }: ShownTrouble): Alarm {
  const begun = formatUtc(since)
  if (kind === 'policy') {
    const text = `${domain} refuses most of our mail (${words}), so its mails wait. Look at what it says, and ask its postmaster.`
    return { key: `refusing ${domain}`, type: 'Refusing domain', text }
  }
  if (kind === 'reports') return outageAlarm({ domain, refused, words }, begun)
  const dead = `${plural(refused, 'address', 'addresses')} dead that had taken our mail (${words})`
  if (waiting === 0 && served > 0) {
    const text = `${domain} called ${dead}, from ${begun} on. It takes our mail again: ${plural(served, 'held mail has', 'held mails have')} gone out since, and nobody was suppressed. There is nothing to do.`
    return { type: 'Domain trouble is over', text }
  }
  const text = `Since ${begun} ${domain} calls ${dead}. Its answers are held: nobody is suppressed, and ${plural(waiting, 'mail is', 'mails are')} tried again.`
  return { key: `trouble ${domain}`, type: 'Domain in trouble', text, href: '/admin/suppressions' }
}

/** Bounce mails alone tell of it: their senders are known by the mark of a mail, but they stop no mail. */
function outageAlarm(
  { domain, refused, words }: Pick<ShownTrouble, 'domain' | 'refused' | 'words'>,
  begun: string,
): Alarm {
  const what = `Since ${begun} bounce mails call ${plural(refused, 'address', 'addresses')} of ${domain} dead that had taken our mail (${words}).`
  const text = `${what} The provider may have an outage. These reports are held: nobody is suppressed, and no mail waits. Look at what the provider says. When it is over, send the mails that came back again: sitrep resend EDITION --to EMAIL.`
  return { key: `outage ${domain}`, type: 'Provider outage', text }
}

const settleUnknown =
  'Look for each Message-ID in the log of the relay. Then mark the delivery as accepted, or send the mail again.'

/** Each feed by its name; of many with one trouble the first few, and how many more. */
function feedAlarms(feeds: TroubledFeed[]): Alarm[] {
  return [...Map.groupBy(feeds, ({ trouble }) => trouble)].flatMap(([trouble, alike]) => {
    const { type, text } = troubles[trouble]
    const named = alike.slice(0, maxFeedsOfOneTrouble).map(({ id, title, url }) => {
      return {
        key: `${trouble} feed ${id}`,
        type,
        text: `“${shorten(title || url, 80)}” ${text}`,
        href: `/admin/feeds/${id}`,
      }
    })
    const more = alike.length - named.length
    const rest = {
      key: `${trouble} feeds`,
      type,
      text: `The same is true of ${plural(more, 'more feed')}.`,
      href: '/admin/feeds',
    }
    return more > 0 ? [...named, rest] : named
  })
}

const troubles: Record<TroubledFeed['trouble'], { type: string; text: string }> = {
  held: { type: 'Held feed', text: 'published unusually many entries at once. Accept or skip these entries.' },
  paused: { type: 'Paused feed', text: 'was not found for 30 days. Remove the feed, or add its new URL.' },
  ended: { type: 'Ended feed', text: 'has ended: its server answers 410. Remove the feed, or add its new URL.' },
}

/** What failed lately, and what was missed. */
function pastAlarms({ missedSlots }: UrgentState, failures?: Failures): Alarm[] {
  const { feeds, unreadable = 0, failedLately = 0 } = failures ?? {}
  return raised(
    feeds !== undefined &&
      feeds.failing > 0 && {
        type: 'Failing feeds',
        text: `The last poll of ${plural(feeds.failing, 'feed')} failed. See the errors in the list of feeds.`,
        href: '/admin/feeds',
      },
    unreadable > 0 && {
      type: 'Unreadable items',
      text: `${plural(unreadable, 'item')} could not be read. See the latest items of each feed.`,
      href: '/admin/feeds',
    },
    missedSlots > 0 && {
      key: 'missed digests',
      type: 'Missed digests',
      text: `${plural(missedSlots, 'digest date was', 'digest dates were')} missed within a week. Keep a worker running.`,
    },
    failedLately > 0 && {
      type: 'Failed deliveries',
      text: `${plural(failedLately, 'delivery', 'deliveries')} failed for good within a day. See the reasons in the editions.`,
      href: '/admin/editions',
    },
  )
}

const raised = (...alarms: (Alarm | false)[]): Alarm[] => alarms.filter((alarm) => alarm !== false)
