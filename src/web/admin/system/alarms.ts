import type { Overview } from '../../../admin/overview.ts'
import type { RelayTrouble } from '../../../delivery/store/relay-trouble.ts'
import type { TroubledFeed } from '../../../feeds/store/feed-views.ts'
import { shorten } from '../../../platform/text/shorten.ts'

/** What an admin should act on, one sentence each, the worst first; `href` is where to act. */
export function alarmsOf(
  state: Overview,
  facts: {
    workers: number
    now: Temporal.Instant
    auditBrokenAt: number | null
    relay: RelayTrouble | undefined
    /** How the warm-up stands, while mails wait for it. */
    warmUp?: string | undefined
  },
): { text: string; href?: string | undefined }[] {
  const { unknown = 0 } = state.deliveries
  const lag = state.oldestDue ? facts.now.since(state.oldestDue).total('minutes') : 0
  const found: ({ text: string; href?: string | undefined } | false)[] = [
    facts.auditBrokenAt !== null && {
      text: `The audit log was tampered with: its chain breaks at event ${facts.auditBrokenAt}.`,
      href: '/admin/audit',
    },
    facts.workers === 0 && { text: 'No worker is alive: nothing is polled and nothing is sent.' },
    facts.relay !== undefined && {
      text: `The mail server cannot be used (${facts.relay.reason}): all mail waits, and goes out once it can.`,
    },
    ...state.paused.map(({ subject, slug, pause_reason }) => ({
      text: `“${subject}” is paused, too many of its mails were refused: ${pause_reason}`,
      href: `/admin/editions/${slug}`,
    })),
    facts.warmUp !== undefined && {
      text: `The sending domain is being warmed up, ${facts.warmUp}.`,
      href: '/admin/editions',
    },
    lag > 10 && { text: `Mail that is due has been waiting for ${Math.round(lag)} minutes.` },
    unknown > 0 && {
      text: `${count(unknown, 'delivery', 'deliveries')} ended unknown: a person must decide.`,
      href: '/admin/unknown',
    },
    ...feedAlarms(state.troubledFeeds),
    state.feeds.failing > 0 && {
      text: `${count(state.feeds.failing, 'feed fails', 'feeds fail')}.`,
      href: '/admin/feeds',
    },
    state.unreadable > 0 && { text: `${count(state.unreadable, 'report', 'reports')} could not be read.` },
    state.missedSlots > 0 && {
      text: `${count(state.missedSlots, 'digest date was', 'digest dates were')} missed within a week.`,
    },
    state.failedLately > 0 && {
      text: `${count(state.failedLately, 'delivery', 'deliveries')} failed for good within a day.`,
      href: '/admin/editions',
    },
  ]
  return found.filter((alarm) => alarm !== false)
}

const named = 5

/** Each feed by its name, with the way to its page; of many of one kind the first few, and how many more. */
function feedAlarms(feeds: TroubledFeed[]): { text: string; href: string }[] {
  return Object.values(Object.groupBy(feeds, ({ trouble }) => trouble)).flatMap((alike) => {
    const told = alike.slice(0, named).map(({ id, title, url, trouble }) => ({
      text: `“${shorten(title || url, 80)}” ${troubles[trouble]}`,
      href: `/admin/feeds/${id}`,
    }))
    const more = alike.length - told.length
    const rest = { text: `The same is true of ${count(more, 'more feed', 'more feeds')}.`, href: '/admin/feeds' }
    return more > 0 ? [...told, rest] : told
  })
}

const troubles: Record<TroubledFeed['trouble'], string> = {
  held: 'is held: look at what came at once.',
  paused: 'was paused: not found for 30 days.',
  ended: 'says that it is gone for good (410).',
}

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`
