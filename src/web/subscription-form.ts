import type { MailChoice } from '../editions/rules/expected-mail.ts'
import type { FeedChoice } from '../feeds/store/feed-choices.ts'
import type { Cadence } from '../platform/db/tables/editions.ts'
import { weekdayName } from '../platform/text/format-instant.ts'
import { languageName } from '../platform/text/language-name.ts'
import { parsePlaces, writePlaces } from '../readers/rules/chosen-places.ts'
import { type Choice, choiceSchema, defaultMaxAlerts } from '../readers/rules/subscription.ts'
import type { Subscription } from '../readers/store/subscriptions.ts'
import { cadenceNames, defaultTime, defaultZone, shownZone, topicChoices } from './choices.ts'
import type { Expectation } from './expected-mail.ts'
import { type Form, problemsByField } from './request.ts'

/** The fields of the form of one subscription, as stored or as sent. */
export type EnteredChoice = {
  cadence: Cadence
  topics: string[]
  allTopics: boolean
  feeds: string[]
  /** Places as their reader wrote them, one a line. */
  places: string
  languages: string[]
  at: string
  zone: string
  weekday: string
  minutes: string
  quietMail: boolean
  minScore: string
  /** The quiet hours of alerts; both empty when there are none. */
  quietFrom: string
  quietTo: string
  maxAlerts: string
}

export type Problems = Record<string, string | null>
const noProblems: Problems = {
  topics: null,
  at: null,
  zone: null,
  weekday: null,
  minutes: null,
  minScore: null,
  quiet: null,
  maxAlerts: null,
  places: null,
}

/** The fields of a stored subscription. */
export function enteredOf(subscription: Subscription): EnteredChoice {
  const { cadence, topics, languages, local_time: at, zone } = subscription
  return {
    ...{ cadence, topics, languages, at, zone },
    allTopics: subscription.all_topics,
    feeds: subscription.feeds.map(String),
    places: writePlaces(subscription.places),
    weekday: String(subscription.weekday),
    minutes: String(subscription.minutes ?? allMinutes),
    quietMail: subscription.quiet_mail,
    minScore: String(subscription.min_score),
    quietFrom: subscription.quiet_from ?? '',
    quietTo: subscription.quiet_to ?? '',
    maxAlerts: String(subscription.max_alerts),
  }
}

/** The fields of a new subscription, with the topics, the time and the zone of one that the reader has. */
export function enteredLike(cadence: Cadence, known: Subscription | undefined): EnteredChoice {
  return {
    cadence,
    topics: known?.topics ?? [],
    at: known?.local_time ?? defaultTime,
    zone: known?.zone ?? defaultZone,
    allTopics: false,
    feeds: [],
    places: '',
    languages: [],
    weekday: '1',
    minutes: '2',
    quietMail: false,
    minScore: '0',
    quietFrom: '',
    quietTo: '',
    maxAlerts: String(defaultMaxAlerts),
  }
}

/** The fields as they were sent. Topics keep the order that the reader had; new ones follow. */
export function readEntered(form: Form, before: EnteredChoice): EnteredChoice {
  const sent = form.all('topics')
  const kept = before.topics.filter((slug) => sent.includes(slug))
  return {
    cadence: before.cadence,
    topics: [...new Set([...kept, ...sent])],
    allTopics: form.text('match') === 'all',
    feeds: form.all('feeds'),
    places: form.text('places'),
    languages: form.all('languages'),
    at: form.text('at') || before.at,
    zone: form.text('zone') || before.zone,
    weekday: form.text('weekday') || before.weekday,
    minutes: form.text('minutes') || before.minutes,
    quietMail: form.text('quietMail') !== '',
    minScore: form.text('minScore') || '0',
    quietFrom: form.text('quietFrom'),
    quietTo: form.text('quietTo'),
    maxAlerts: form.text('maxAlerts') || before.maxAlerts,
  }
}

/** The choice that the fields add up to, or what is wrong with each. */
export function choiceIn(
  entered: EnteredChoice,
): { kind: 'valid'; choice: Choice } | { kind: 'refused'; problems: Problems } {
  const { quietFrom: from, quietTo: to, minutes } = entered
  const places = parsePlaces(entered.places)
  const parsed = choiceSchema.safeParse({
    ...entered,
    feeds: entered.feeds.map(Number),
    places: 'codes' in places ? places.codes : [],
    minutes: minutes === allMinutes ? null : Number(minutes),
    minScore: Number(entered.minScore),
    quiet: from || to ? { from, to } : null,
  })
  const wrongPlaces = 'problem' in places ? { places: places.problem } : {}
  if (parsed.success && !('problem' in places)) return { kind: 'valid', choice: parsed.data }
  return {
    kind: 'refused',
    problems: { ...noProblems, ...problemsByField(parsed.error?.issues ?? []), ...wrongPlaces },
  }
}

type Topics = Parameters<typeof topicChoices>[0]

/** The choices of which to say how much mail they bring: the one that was entered, and each topic alone. */
export function choicesToExpect(
  { cadence, topics: own, minScore, ...rest }: EnteredChoice,
  topics: Topics,
): MailChoice[] {
  const { allTopics, languages } = rest
  const named = parsePlaces(rest.places)
  const places = 'codes' in named ? named.codes : []
  const limits = { minScore: Number(minScore), allTopics, languages, places, feeds: rest.feeds.map(Number) }
  const whole = { cadence, topics: own, ...limits }
  return [whole, ...topics.map(({ slug }) => ({ ...whole, topics: [slug], allTopics: false }))]
}

/** What a form offers beside the fields: the topics, feeds and languages that there are, and those for which topics have rules. */
export type Offered = { topics: Topics; feeds: FeedChoice[]; languages: string[]; covered: Set<string> }

/** The form as the template shows it; `expected` is for the choices of `choicesToExpect`. */
export function formView(
  entered: EnteredChoice,
  { topics, feeds, languages, covered }: Offered,
  [whole, ...each]: Expectation[],
  problems: Problems = noProblems,
) {
  return {
    ...entered,
    ...cadenceNames[entered.cadence],
    problems,
    zone: shownZone(entered.zone),
    expected: entered.topics.length > 0 ? whole : null,
    topics: topicChoices(
      topics,
      entered.topics,
      each.map((one) => [one]),
    ),
    feeds: feeds.map(({ id, title }) => ({ id, title, checked: entered.feeds.includes(String(id)) })),
    languages: [...new Set([...languages, ...entered.languages])].map((code) => ({
      code,
      name: languageName(code),
      isCovered: covered.has(code),
      checked: entered.languages.includes(code),
    })),
    weekdays: selectable(weekdays, entered.weekday),
    lengths: selectable(lengths, entered.minutes),
    strengths: selectable(strengthsWith(entered.minScore), entered.minScore),
    isLimited: entered.feeds.length + entered.languages.length > 0 || Number(entered.minScore) > 0,
  }
}

const allMinutes = 'all'
const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: weekdayName(day) }))
const lengths = [
  { value: '2', label: 'About 2 minutes' },
  { value: '5', label: 'About 5 minutes' },
  { value: allMinutes, label: 'Everything' },
]
const strengths = [
  { value: '0', label: 'All takeaways' },
  { value: '0.5', label: 'Score of 0.5 or more' },
  { value: '0.8', label: 'Score of 0.8 or more' },
]

/** A score that was set elsewhere is offered too. */
const strengthsWith = (chosen: string) =>
  strengths.some(({ value }) => value === chosen)
    ? strengths
    : [...strengths, { value: chosen, label: `Score of ${chosen} or more` }]

const selectable = <T extends { value: string }>(options: T[], chosen: string) =>
  options.map((one) => ({ ...one, selected: one.value === chosen }))
