import { bareAddress, writtenAddressSchema } from '../../../platform/address.ts'
import { parsePlaces } from '../chosen-places.ts'
import { type Choice, choiceSchema } from '../subscription.ts'
import type { ColumnIndex, ImportField } from './columns.ts'
import { parseConsentDate } from './consent-date.ts'
import { withoutGuard } from './csv-guard.ts'
import type { CsvRecord } from './csv-records.ts'

/** Where a consent was given, and when. */
export type RecordedConsent = { source: string; at: Temporal.Instant }

/** A line of an import that can be taken. Without a consent, the reader must confirm. `pausedUntil` ends a pause of all mail. */
export type ImportRow = {
  line: number
  /** The address as it is written in the file, its domain in ASCII. */
  email: string
  choice: Choice
  consent: RecordedConsent | null
  /** The consent that the file records of a reader who must confirm all the same. */
  listed: RecordedConsent | null
  pausedUntil: Temporal.Instant | null
}

/** Why a line is not taken: it is broken, or the file says that its reader left or that the address is suppressed. */
export type RefusedRow = { line: number; outcome: 'bad' | 'inactive' | 'suppressed'; reason: string }

/** What the cells of a file are read by. */
export type RowReading = {
  columns: ColumnIndex
  /** The value of a field where its cell is empty or its column is missing. */
  defaults: Partial<Record<ImportField, string>>
  /** The slugs of topics by their slugs and names in small letters. */
  topics: Map<string, string>
  /** The numbers of feeds by their URLs. */
  feeds: Map<string, number>
  now: Temporal.Instant
}

/** Reads the records of one file. Choices that were read before are not read again. */
export function createRowReader(reading: RowReading): (record: CsvRecord) => ImportRow | RefusedRow {
  const choices = new Map<string, Choice | { problem: string }>()
  const consents = new Map<string, RecordedConsent | { problem: string }>()
  return (record) => {
    const { line } = record
    if ('problem' in record) return { line, outcome: 'bad', reason: record.problem }
    const cellOf = cellsOf(record.cells, reading)
    const written = bareAddress(cellOf('email')).replace(/^mailto:/i, '')
    if (written === '') return { line, outcome: 'bad', reason: 'email: the cell is empty.' }
    const email = writtenAddressSchema.safeParse(written)
    if (!email.success) return { line, outcome: 'bad', reason: `email: ${email.error.issues[0]?.message}` }
    const standing = standingIn(cellOf)
    if (typeof standing === 'object') return { line, ...standing }
    const choice = choiceIn(cellOf, reading, choices)
    if ('problem' in choice) return { line, outcome: 'bad', reason: choice.problem }
    const consent = consentIn(cellOf, reading.now, consents)
    if (consent && 'problem' in consent) return { line, outcome: 'bad', reason: consent.problem }
    const pausedUntil = instantIn(cellOf('pausedUntil'))
    const [taken, listed] = standing === 'confirmed' ? [consent, null] : [null, consent]
    return { line, email: email.data, choice, consent: taken, listed, pausedUntil }
  }
}

type CellOf = (field: ImportField) => string

const cellsOf =
  (cells: string[], { columns, defaults }: RowReading): CellOf =>
  (field) => {
    const column = columns[field]
    const cell = column === undefined ? '' : withoutGuard((cells[column] ?? '').replace(invisible, ''))
    return cell.trim() || (defaults[field] ?? '')
  }

/** Signs without width, which come along when an address is copied from a page. */
const invisible = /^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$/gu

const confirmedStates = ['', 'active', 'subscribed', 'confirmed', 'enabled']
const pendingStates = ['pending', 'unconfirmed']
const leftStates = ['gone', 'ended', 'left', 'inactive', 'disabled', 'unsubscribed', 'removed']
const deadStates = ['suppressed', 'bounced', 'cleaned', 'complained', 'blocklisted']

/** Whether the file says that its reader gets mail: `pending` readers must confirm, whatever else it says. */
function standingIn(cellOf: CellOf): 'confirmed' | 'pending' | Omit<RefusedRow, 'line'> {
  const state = cellOf('state').toLowerCase()
  const suppressed = cellOf('suppressed').toLowerCase()
  if (deadStates.includes(state) || !['', 'no', 'false', '0'].includes(suppressed))
    return { outcome: 'suppressed', reason: 'the file says that this address is suppressed.' }
  if (leftStates.includes(state)) return { outcome: 'inactive', reason: `the file says ${state}.` }
  if (pendingStates.includes(state)) return 'pending'
  if (confirmedStates.includes(state)) return 'confirmed'
  return { outcome: 'bad', reason: `state: “${state.slice(0, 40)}” is none of active, pending and gone.` }
}

function consentIn(cellOf: CellOf, now: Temporal.Instant, read: Map<string, RecordedConsent | { problem: string }>) {
  const [source, date] = [cellOf('consentSource'), cellOf('consentDate')]
  if (source === '' && date === '') return null
  return remembered(read, `${source}\0${date}`, () => parseConsent(source, date, now))
}

function parseConsent(source: string, date: string, now: Temporal.Instant): RecordedConsent | { problem: string } {
  if (source === '') return { problem: 'consent source: say where the reader agreed, beside the date.' }
  if (date === '') return { problem: 'consent date: say when the reader agreed, beside the source.' }
  const parsed = parseConsentDate(date, now)
  return 'problem' in parsed
    ? { problem: `consent date: ${parsed.problem}` }
    : { source: source.slice(0, 500), at: parsed.at }
}

const choiceFields = [
  'topics',
  'cadence',
  'at',
  'zone',
  'weekday',
  'places',
  'languages',
  'feeds',
  'allTopics',
  'minScore',
  'minutes',
  'quietMail',
  'quiet',
  'maxAlerts',
] as const satisfies ImportField[]

/** So many different choices and consents are remembered. */
const maxRemembered = 2_000

/** What a text was read as before, or is read as now. */
function remembered<T>(known: Map<string, T>, text: string, read: () => T): T {
  const before = known.get(text)
  if (before) return before
  if (known.size >= maxRemembered) known.clear()
  const found = read()
  known.set(text, found)
  return found
}

function choiceIn(cellOf: CellOf, reading: RowReading, read: Map<string, Choice | { problem: string }>) {
  const cells = choiceFields.map(cellOf)
  return remembered(read, cells.join('\0'), () => parseChoice(cellOf, reading))
}

function parseChoice(cellOf: CellOf, { topics, feeds }: RowReading): Choice | { problem: string } {
  const [slugs, unknown] = lookUp(listIn(cellOf('topics')), topics, (name) => name.replace(/\s+/g, ' ').toLowerCase())
  if (unknown !== undefined) return { problem: `topics: there is no topic “${unknown.slice(0, 60)}”.` }
  const [numbers, missing] = lookUp(cellOf('feeds').split(/\s+/), feeds, (url) => url)
  if (missing !== undefined) return { problem: `feeds: there is no feed ${missing.slice(0, 200)}.` }
  const places = parsePlaces(cellOf('places'))
  if ('problem' in places) return { problem: `places: ${places.problem}` }
  const flags = { allTopics: yesOrNo(cellOf('allTopics')), quietMail: yesOrNo(cellOf('quietMail')) }
  const minutes = cellOf('minutes')
  const parsed = choiceSchema.safeParse({
    ...flags,
    topics: slugs,
    feeds: numbers,
    places: places.codes,
    languages: listIn(cellOf('languages').toLowerCase()),
    cadence: cellOf('cadence').toLowerCase() || undefined,
    at: timeIn(cellOf('at')),
    zone: cellOf('zone') || undefined,
    weekday: cellOf('weekday') || undefined,
    minutes: minutes === '' ? undefined : minutes === 'all' ? null : Number(minutes),
    minScore: cellOf('minScore') === '' ? undefined : Number(cellOf('minScore')),
    quiet: cellOf('quiet') || null,
    maxAlerts: cellOf('maxAlerts') || undefined,
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  return { problem: `${String(issue?.path[0] ?? '')}: ${issue?.message}` }
}

/** The values of names, and the first name that has none. */
function lookUp<T>(names: string[], among: Map<string, T>, keyOf: (name: string) => string): [T[], string | undefined] {
  const given = names.filter((name) => name !== '')
  const values = given.flatMap((name) => among.get(keyOf(name)) ?? [])
  return [values, given.find((name) => !among.has(keyOf(name)))]
}

const listIn = (text: string): string[] =>
  text
    .split(/[,;|\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** A time of day as spreadsheets write it: `7:00` and `07:00:00` are 07:00. */
const timeIn = (text: string): string | undefined =>
  text === '' ? undefined : text.replace(/^(\d):/, '0$1:').replace(/^(\d\d:\d\d):00$/, '$1')

function yesOrNo(text: string): boolean | string | undefined {
  if (text === '') return undefined
  if (/^(?:yes|true|1|on)$/i.test(text)) return true
  return /^(?:no|false|0|off)$/i.test(text) ? false : text
}

function instantIn(text: string): Temporal.Instant | null {
  try {
    return text === '' ? null : Temporal.Instant.from(text)
  } catch {
    return null
  }
}
