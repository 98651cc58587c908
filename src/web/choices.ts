import type { App } from '../app.ts'
import { nameOfPlace } from '../places/rules/find-place.ts'
import type { Cadence } from '../platform/db/tables/editions.ts'
import { weekdayName } from '../platform/text/format-instant.ts'
import { languageName } from '../platform/text/language-name.ts'
import { plural } from '../platform/text/plural.ts'
import { cadenceName } from '../readers/rules/cadence-words.ts'
import { canonicalZone, knownZones } from '../readers/rules/zone.ts'
import type { Subscription } from '../readers/store/subscriptions.ts'
import { allTopics } from '../reading/store/topics.ts'
import type { Expectation } from './expected-mail.ts'

/** Shown before a reader has chosen; a script replaces it by the time zone of the browser. */
export const defaultZone = 'UTC'
export const defaultTime = '07:00'

/** Every time zone of the select. */
export const zones = knownZones()

/** A time zone under the name that the select has for it; the default for an unknown one. */
export function shownZone(name: string): string {
  return canonicalZone(name) ?? defaultZone
}

/** The cadences as readers know them; `name` and `article` stand within a sentence. */
export const cadenceNames: Record<Cadence, { label: string; name: string; article: string; hint: string }> = {
  daily: {
    label: 'Daily digest',
    name: cadenceName.daily,
    article: 'a daily digest',
    hint: 'One mail a day at the time you choose, if there are new takeaways.',
  },
  weekly: {
    label: 'Weekly digest',
    name: cadenceName.weekly,
    article: 'a weekly digest',
    hint: 'One mail a week with the takeaways of the week, on Mondays if you choose no other day later.',
  },
  alert: {
    label: 'Alerts',
    name: cadenceName.alert,
    article: 'alerts',
    hint: 'A short mail as soon as a report has a takeaway on your topics.',
  },
}

type Topic = { slug: string; name: string; description: string }

/** The topics as checkboxes, with the chosen ones checked; `expected` says how much mail each would bring. */
export function topicChoices(topics: Topic[], chosen: string[], expected: Expectation[][] = []) {
  return topics.map(({ slug, name, description }, i) => ({
    ...{ slug, name, description, checked: chosen.includes(slug) },
    expected: (expected[i] ?? []).map((one) => ({ ...one, label: labelOf(one) })),
  }))
}

/** The words about alerts name them. */
const labelOf = ({ cadence }: Expectation): string => (cadence === 'alert' ? '' : `${cadenceNames[cadence].label}: `)

/** The names of all topics by slug, of retired ones too. */
export async function topicNamesBySlug(app: App): Promise<Map<string, string>> {
  const topics = await allTopics(app.db)
  return new Map(topics.map(({ slug, name }) => [slug, name]))
}

/** A subscription in words: `Daily digest at 07:00, Europe/Kyiv`, the names of its topics, and what else it asks for. */
export function subscriptionView(subscription: Subscription, names: Map<string, string>) {
  const { id, state, cadence, topics } = subscription
  const { label, name } = cadenceNames[cadence]
  return {
    id,
    state,
    name,
    label: `${label}${whenWords(subscription)}`,
    topics: topics.map((slug) => names.get(slug) ?? slug),
    limits: [limitWords(subscription), lengthWords(subscription)].filter((words) => words !== '').join(' '),
  }
}

function whenWords({ cadence, local_time, zone, weekday, quiet_from, quiet_to, max_alerts }: Subscription): string {
  if (cadence === 'alert')
    return `, at most ${max_alerts} a day${quiet_from ? `, quiet ${quiet_from}-${quiet_to} ${zone}` : ''}`
  return `${cadence === 'weekly' ? ` on ${weekdayName(weekday)}s` : ''} at ${local_time}, ${zone}`
}

/** `About 5 minutes to read. Also without news.`: what a digest is like, where it is not what everybody gets. */
function lengthWords({ cadence, minutes, quiet_mail }: Subscription): string {
  const length = minutes === null ? 'All that there is.' : `About ${minutes} minutes to read.`
  const words = [
    cadence === 'daily' && minutes !== 2 && length,
    cadence !== 'alert' && quiet_mail && 'Also without news.',
  ]
  return words.filter((each) => each !== false).join(' ')
}

/** `Only takeaways on all of these topics, from 3 feeds.`: what the subscription leaves out; empty when nothing. */
function limitWords({ topics, all_topics, feeds, places, languages, min_score }: Subscription): string {
  const limits = [
    all_topics && topics.length > 1 && 'on all of these topics',
    places.length > 0 && `about ${places.map((code) => nameOfPlace(code) ?? code).join('; ')}`,
    feeds.length > 0 && `from ${plural(feeds.length, 'feed')}`,
    languages.length > 0 && `in ${languages.map(languageName).join(' or ')}`,
    min_score > 0 && `with a score of ${min_score} or more`,
  ].filter((words) => words !== false)
  return limits.length > 0 ? `Only takeaways ${limits.join(', ')}.` : ''
}
