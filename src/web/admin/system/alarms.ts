import type { Overview } from '../../../admin/overview.ts'
import type { RelayTrouble } from '../../../delivery/store/relay-trouble.ts'
import type { TroubledFeed } from '../../../feeds/store/feed-views.ts'
import { plural } from '../../../platform/text/plural.ts'
import { shorten } from '../../../platform/text/shorten.ts'

/** What an admin should act on: its type, what happened and what to do; `href` is the page to do it on. */
export type Alarm = { type: string; text: string; href?: string }

/** What the alarms need beside the overview. */
export type AlarmFacts = {
  workers: number
  now: Temporal.Instant
  /** The event at which the last check found the audit chain broken; null when it found it intact, or there was none. */
  auditBrokenAt: number | null
  relay: RelayTrouble | undefined
  /** How the warm-up stands, while mails wait for it. */
  warmUp: string | undefined
}

const lateAfterMinutes = 10
const maxFeedsOfOneTrouble = 5

/** The alarms, the worst first. */
export function alarmsOf(state: Overview, facts: AlarmFacts): Alarm[] {
  return [
    ...systemAlarms(facts),
    ...sendingAlarms(state, facts),
    ...feedAlarms(state.troubledFeeds),
    ...pastAlarms(state),
  ]
}

function systemAlarms({ auditBrokenAt, workers, relay }: AlarmFacts): Alarm[] {
  return raised(
    auditBrokenAt !== null && {
      type: 'Audit log',
      text: `Event ${auditBrokenAt} was changed, or an event was removed. Check who can write to the database.`,
      href: '/admin/audit',
    },
    workers === 0 && {
      type: 'Worker',
      text: 'No worker is running, so no feed is polled and no mail is sent. Start a worker.',
    },
    relay !== undefined && {
      type: 'Mail server',
      text: `The mail server cannot be used (${relay.reason}). Check it and SMTP_URL. All mail waits until it works again.`,
    },
  )
}

function sendingAlarms(state: Overview, { now, warmUp }: AlarmFacts): Alarm[] {
  const { unknown = 0 } = state.deliveries
  const lateMinutes = state.oldestDue ? Math.round(now.since(state.oldestDue).total('minutes')) : 0
  const paused = state.paused.map(({ subject, slug, pause_reason }) => ({
    type: 'Paused edition',
    text: `Mail servers refused too many mails of “${subject}” (${pause_reason}). Decide whether to resume it.`,
    href: `/admin/editions/${slug}`,
  }))
  return [
    ...paused,
    ...raised(
      warmUp !== undefined && {
        type: 'Warm-up',
        text: `Mail waits for the warm-up: ${warmUp}.`,
        href: '/admin/editions',
      },
      lateMinutes > lateAfterMinutes && {
        type: 'Late mail',
        text: `The oldest due mail has waited for ${lateMinutes} minutes. Check the workers and the mail server.`,
      },
      unknown > 0 && {
        type: 'Unknown outcome',
        text: `${plural(unknown, 'delivery has', 'deliveries have')} an unknown outcome. Mark as accepted, or send again.`,
        href: '/admin/unknown',
      },
    ),
  ]
}

/** Each feed by its name; of many with one trouble the first few, and how many more. */
function feedAlarms(feeds: TroubledFeed[]): Alarm[] {
  return [...Map.groupBy(feeds, ({ trouble }) => trouble)].flatMap(([trouble, alike]) => {
    const { type, text } = troubles[trouble]
    const named = alike.slice(0, maxFeedsOfOneTrouble).map(({ id, title, url }) => {
      return { type, text: `“${shorten(title || url, 80)}” ${text}`, href: `/admin/feeds/${id}` }
    })
    const more = alike.length - named.length
    const rest = { type, text: `The same is true of ${plural(more, 'more feed')}.`, href: '/admin/feeds' }
    return more > 0 ? [...named, rest] : named
  })
}

const troubles: Record<TroubledFeed['trouble'], { type: string; text: string }> = {
  held: { type: 'Held feed', text: 'published unusually much at once. Accept or skip its reports.' },
  paused: { type: 'Paused feed', text: 'was not found for 30 days. Remove it, or add its new address.' },
  ended: { type: 'Ended feed', text: 'says that it is gone for good (410). Remove it, or add its new address.' },
}

/** What failed lately, and does not stop anything. */
function pastAlarms({ feeds, unreadable, missedSlots, failedLately }: Overview): Alarm[] {
  return raised(
    feeds.failing > 0 && {
      type: 'Failing feeds',
      text: `The last poll of ${plural(feeds.failing, 'feed')} failed. See the errors in the list of feeds.`,
      href: '/admin/feeds',
    },
    unreadable > 0 && {
      type: 'Unreadable reports',
      text: `${plural(unreadable, 'report')} could not be read. See the latest items of each feed.`,
      href: '/admin/feeds',
    },
    missedSlots > 0 && {
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
