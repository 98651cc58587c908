import type { MailChoice } from '../editions/rules/expected-mail.ts'
import type { Cadence } from '../platform/db/tables/editions.ts'
import { type Choice, choiceSchema, defaultMaxAlerts, type Preferences } from '../readers/rules/subscription.ts'
import type { Subscription } from '../readers/store/subscriptions.ts'
import { cadenceNames, defaultTime, defaultZone, shownZone, topicChoices } from './choices.ts'
import type { Expectation } from './expected-mail.ts'
import { type Form, problemsByField } from './request.ts'

/** One cadence of the preferences form, as stored or as sent; `on` says whether the reader wants it. */
export type PreferencePart = {
  cadence: Cadence
  on: boolean
  topics: string[]
  at: string
  zone: string
  minScore: string
  /** The quiet hours of alerts; both empty when there are none. */
  quietFrom: string
  quietTo: string
  maxAlerts: string
  problems: Record<string, string | null>
}

type Topics = Parameters<typeof topicChoices>[0]

const shownCadences: Cadence[] = ['daily', 'weekly', 'alert']
const noProblems = { topics: null, at: null, zone: null, minScore: null, quiet: null, maxAlerts: null }

/** The parts for a reader's subscriptions; a cadence without one starts with the choices of the first. */
export function partsOf(subscriptions: Subscription[]): PreferencePart[] {
  const [first] = subscriptions
  return shownCadences.map((cadence) => {
    const own = subscriptions.find((one) => one.cadence === cadence)
    const from = own ?? first
    const { topics = [], local_time: at = defaultTime, zone = defaultZone } = from ?? {}
    return {
      cadence,
      on: own !== undefined,
      topics,
      at,
      zone,
      minScore: String(own?.min_score ?? 0),
      quietFrom: own?.quiet_from ?? '',
      quietTo: own?.quiet_to ?? '',
      maxAlerts: String(own?.max_alerts ?? defaultMaxAlerts),
      problems: noProblems,
    }
  })
}

/** Whether a form has any field of this one: an empty form must end no subscription. */
export function isPreferencesForm(form: Form): boolean {
  return shownCadences.some((cadence) => form.all(`${cadence}.at`).length > 0)
}

/** The parts as they were sent. Topics keep the order that the reader had; new ones follow. */
export function readParts(form: Form, before: PreferencePart[]): PreferencePart[] {
  return before.map((part) => {
    const name = (field: string) => `${part.cadence}.${field}`
    const sent = form.all(name('topics'))
    const kept = part.topics.filter((slug) => sent.includes(slug))
    return {
      ...part,
      on: form.text(name('on')) !== '',
      topics: [...new Set([...kept, ...sent])],
      at: form.text(name('at')) || part.at,
      zone: form.text(name('zone')) || part.zone,
      minScore: form.text(name('minScore')) || '0',
      quietFrom: form.text(name('quietFrom')),
      quietTo: form.text(name('quietTo')),
      maxAlerts: form.text(name('maxAlerts')) || part.maxAlerts,
    }
  })
}

/** The preferences that the parts add up to, or the parts with the problems of each. */
export function requestOf(
  parts: PreferencePart[],
): { kind: 'valid'; preferences: Preferences } | { kind: 'refused'; parts: PreferencePart[] } {
  const choices: Choice[] = []
  const marked = parts.map((part) => {
    if (!part.on) return part
    const parsed = choiceSchema.safeParse({ ...part, minScore: Number(part.minScore), quiet: quietOf(part) })
    if (!parsed.success) return { ...part, problems: { ...noProblems, ...problemsByField(parsed.error.issues) } }
    choices.push(parsed.data)
    return part
  })
  const refused = choices.length < parts.filter((part) => part.on).length
  return refused ? { kind: 'refused', parts: marked } : { kind: 'valid', preferences: { subscriptions: choices } }
}

const quietOf = ({ quietFrom: from, quietTo: to }: PreferencePart) => (from || to ? { from, to } : null)

/** The choices of a part of which to say how much mail they bring: all of its topics, and each topic alone. */
export function choicesOfPart({ cadence, topics: own, minScore }: PreferencePart, topics: Topics): MailChoice[] {
  return [own, ...topics.map(({ slug }) => [slug])].map((chosen) => ({
    ...{ cadence, topics: chosen },
    minScore: Number(minScore),
  }))
}

/** The parts as the template shows them; `expected` is for the choices of each part. */
export function partViews(parts: PreferencePart[], topics: Topics, expected: Expectation[][]) {
  return parts.map((part, i) => {
    const [whole, ...each] = expected[i] ?? []
    return {
      ...part,
      ...cadenceNames[part.cadence],
      zone: shownZone(part.zone),
      expected: part.topics.length > 0 ? whole : null,
      topics: topicChoices(
        topics,
        part.topics,
        each.map((one) => [one]),
      ),
      strengths: strengthsFor(part.minScore),
    }
  })
}

const strengths = [
  { value: '0', label: 'All takeaways' },
  { value: '0.5', label: 'Score of 0.5 or more' },
  { value: '0.8', label: 'Score of 0.8 or more' },
]

/** A score that was set elsewhere is offered too. */
function strengthsFor(chosen: string) {
  const known = strengths.some(({ value }) => value === chosen)
  const all = known ? strengths : [...strengths, { value: chosen, label: `Score of ${chosen} or more` }]
  return all.map((one) => ({ ...one, selected: one.value === chosen }))
}
