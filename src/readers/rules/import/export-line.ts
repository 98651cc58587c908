import { shownAddress } from '../../../platform/address.ts'
import type { ImportField } from './columns.ts'
import { csvField } from './csv-guard.ts'

type Value = string | number | boolean | null | undefined | string[] | Temporal.Instant
type ExportField = ImportField | 'createdAt' | 'confirmedAt'

/** The columns of an export in their order: an import finds its fields under these headers, and passes over the last two. */
const columns = {
  email: 'email',
  state: 'state',
  topics: 'topics',
  cadence: 'cadence',
  at: 'at',
  zone: 'zone',
  weekday: 'weekday',
  places: 'places',
  languages: 'languages',
  feeds: 'feeds',
  allTopics: 'all_topics',
  minScore: 'min_score',
  minutes: 'minutes',
  quietMail: 'quiet_mail',
  quiet: 'quiet',
  maxAlerts: 'max_alerts',
  pausedUntil: 'paused_until',
  suppressed: 'suppressed',
  consentSource: 'consent_source',
  consentDate: 'consent_date',
  createdAt: 'created_at',
  confirmedAt: 'confirmed_at',
} as const satisfies Record<ExportField, string>

/** The first line of an export, with the byte order mark by which spreadsheets know UTF-8. */
export const exportHead = `\ufeff${Object.values(columns).join(',')}\r\n`

/** A reader as an export tells of them, with instants in ISO 8601. `consent` is null for one who did not agree. */
type Reader = {
  email: string
  written_email: string | null
  state: string
  paused_until: string | null
  created_at: string
  suppressed: string | null
  consent: { kind: string; source: string; at: string } | null
  subscriptions: Subscribed[]
}
type Subscribed = {
  state: string
  cadence: string
  topics: string[]
  all_topics: boolean
  min_score: number
  feeds: number[]
  places: string[]
  languages: string[]
  local_time: string
  zone: string
  weekday: number
  minutes: number | null
  quiet_mail: boolean
  quiet_from: string | null
  quiet_to: string | null
  max_alerts: number
  confirmed_at: string | null
}

/** The lines of one reader: one for each subscription, also an ended one, and one for a reader without any. `feeds` are URLs by number. */
export function exportLines(reader: Reader, feeds: Map<number, string>): string {
  const { paused_until: pausedUntil, suppressed, created_at: createdAt } = reader
  const about = { email: shownAddress(reader.written_email ?? reader.email), pausedUntil, suppressed, createdAt }
  const all: Partial<Record<ExportField, Value>>[] = reader.subscriptions.map((one) => {
    const state = reader.state === 'gone' ? 'gone' : one.state
    const consent = state === 'active' ? reader.consent : null
    const proof = { consentSource: consent && sourceOf(consent), consentDate: consent?.at }
    return { ...about, ...choiceOf(one, feeds), ...proof, state, confirmedAt: one.confirmed_at }
  })
  return (all.length > 0 ? all : [{ ...about, state: reader.state }]).map(lineOf).join('')
}

/** Where a consent came from; that of a link says no more than `link`. */
const sourceOf = ({ kind, source }: { kind: string; source: string }): string =>
  kind === 'confirmed' ? 'confirmation link' : source

const choiceOf = (one: Subscribed, feeds: Map<number, string>): Partial<Record<ImportField, Value>> => ({
  topics: one.topics.join(', '),
  cadence: one.cadence,
  at: one.local_time,
  zone: one.zone,
  weekday: one.weekday,
  places: one.places.join('; '),
  languages: one.languages.join(', '),
  feeds: one.feeds.flatMap((id) => feeds.get(id) ?? []).join(' '),
  allTopics: one.all_topics ? 'yes' : 'no',
  minScore: one.min_score,
  minutes: one.minutes ?? 'all',
  quietMail: one.quiet_mail ? 'yes' : 'no',
  quiet: one.quiet_from && `${one.quiet_from}-${one.quiet_to}`,
  maxAlerts: one.max_alerts,
})

const lineOf = (values: Partial<Record<ExportField, Value>>): string =>
  csvLine(Object.keys(columns).map((column) => values[column as ExportField]))

/** A line of a CSV file (RFC 4180), safe against formulas. */
export const csvLine = (values: Value[]): string =>
  `${values.map((value) => (value === null || value === undefined ? '' : csvField(String(value)))).join(',')}\r\n`
