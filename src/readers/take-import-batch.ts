import type { App } from '../app.ts'
import { freeze, mailingOf } from '../editions/publish.ts'
import { createSpread } from '../editions/store/create-deliveries.ts'
import { addSending, type Edition } from '../editions/store/editions.ts'
import { addressKey } from '../platform/address.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { confirmationDraft, listOf, mailWithinLimits } from './confirmation-mail.ts'
import { asRequested } from './personal-mail.ts'
import { consentText } from './rules/consent.ts'
import type { ImportRow } from './rules/import/read-row.ts'
import { type Choice, maxSubscriptions } from './rules/subscription.ts'
import { newNonce } from './rules/token.ts'
import { type NewConsent, recordConsents } from './store/consents.ts'
import { wasErased } from './store/erased-addresses.ts'
import {
  activateReaders,
  activateSubscriptions,
  insertReaders,
  insertSubscriptions,
  type KnownAddress,
  lockAddresses,
  subscriptionsByReader,
} from './store/import-batch.ts'
import { type Subscription, sameAmong } from './store/subscriptions.ts'
import { suppressedAddresses } from './store/suppressions.ts'

/**
 * What became of a line that could be read. `active`: on the consent that it records. `pending`: a confirmation is mailed. `known`:
 * was a reader before, or waits for a confirmation. `gone`: unsubscribed here. `full`: has as many subscriptions as a reader may have.
 */
export type BatchOutcome = 'active' | 'pending' | 'known' | 'gone' | 'suppressed' | 'erased' | 'full'

type BatchContext = {
  importId: number
  file: string
  begunAt: Temporal.Instant
  confirmFrom: Temporal.Instant
  everyMs: number
  /** The confirmation mails of batches that were saved, by what they tell; this batch adds its own. */
  mails: ConfirmationMails
}
/** Mails that readers share, with the sending of this import. */
export type ConfirmationMails = Map<string, { edition: Pick<Edition, 'id' | 'key' | 'kind'>; sending: number }>
/** So many are remembered: a list may name another date for every reader. */
const maxMails = 1_000
type Taken = ImportRow & { key: string }
type Entered = Taken & { reader: number }
/** Where a line goes: a new subscription (`id` null), or one with the same choice that waits for a confirmation. */
type Placed = Entered & { id: number | null }

/**
 * Takes lines of an import in one transaction, with a fixed number of statements. Readers who were there before are not changed; one
 * who never confirmed is taken where the line records a consent.
 * @returns the outcome of each line, and when the next confirmation mail may leave
 */
export async function takeBatch(
  app: App,
  tx: Tx,
  rows: ImportRow[],
  context: BatchContext,
): Promise<{ outcomes: BatchOutcome[]; nextConfirmation: Temporal.Instant }> {
  const all = rows.map((row) => ({ ...row, key: addressKey(row.email) }))
  const standing = await standingOf(app, tx, [...new Set(all.map(({ key }) => key))])
  const refusals = all.map((row) => refusalOf(row, standing, context.importId))
  const taken = all.filter((_, n) => refusals[n] === null)
  const fresh = await enterNew(app, tx, taken, standing.known, context)
  const entered = taken.flatMap((row) => {
    const reader = fresh.get(row.key) ?? standing.known.get(row.key)?.id
    return reader === undefined ? [] : [{ ...row, reader }]
  })
  const { placed, full } = await place(tx, entered, new Set(fresh.values()))
  await subscribeAll(app, tx, placed, context)
  const nextConfirmation = await mailConfirmations(app, tx, placed, new Set(fresh.values()), context)
  const added = new Map(placed.map((row) => [row.line, row.consent ? ('active' as const) : ('pending' as const)]))
  const outcomes = all.map(
    ({ line }, n): BatchOutcome => refusals[n] ?? added.get(line) ?? (full.has(line) ? 'full' : 'known'),
  )
  return { outcomes, nextConfirmation }
}

type Standing = { erased: Set<string>; suppressed: Set<string>; known: Map<string, KnownAddress> }

async function standingOf({ config }: App, tx: Tx, keys: string[]): Promise<Standing> {
  const known = await lockAddresses(tx, keys)
  return {
    erased: await wasErased(tx, config.secretKeys, keys),
    suppressed: await suppressedAddresses(tx, keys),
    known: new Map(known.map((one) => [one.email, one])),
  }
}

function refusalOf({ key, consent }: Taken, standing: Standing, importId: number): BatchOutcome | null {
  if (standing.suppressed.has(key)) return 'suppressed'
  if (standing.erased.has(key)) return 'erased'
  const known = standing.known.get(key)
  if (!known) return null
  if (known.left) return 'gone'
  const isOurs = known.import_id === importId
  return isOurs || (known.state === 'pending' && consent) ? null : 'known'
}

/** Enters those who are not there; an address that somebody signs up at the same moment is left out, and known. */
async function enterNew(
  app: App,
  tx: Tx,
  taken: Taken[],
  known: Map<string, KnownAddress>,
  { importId }: BatchContext,
): Promise<Map<string, number>> {
  const readers = new Map(
    taken
      .filter(({ key }) => !known.has(key))
      .toReversed() // the first line of an address counts
      .map(({ key, email, pausedUntil }) => {
        const paused =
          pausedUntil && Temporal.Instant.compare(pausedUntil, app.now()) > 0 ? pausedUntil.toString() : null
        return [key, { email: key, written: email, nonce: newNonce(), paused_until: paused }]
      }),
  )
  return insertReaders(tx, [...readers.values()].reverse(), { importId, now: app.now() })
}

/** Finds the place of each line. A line that brings what its reader has already has none, nor has one past the maximum (`full`). */
async function place(tx: Tx, entered: Entered[], fresh: Set<number>): Promise<{ placed: Placed[]; full: Set<number> }> {
  const before = entered.map(({ reader }) => reader).filter((reader) => !fresh.has(reader))
  const own = await subscriptionsByReader(tx, [...new Set(before)])
  const counts = new Map([...own].map(([reader, { length }]) => [reader, length]))
  const full = new Set<number>()
  const placed = entered.flatMap((row): Placed[] => {
    const same = sameAmong((own.get(row.reader) ?? []).filter(isRunning), row.choice)
    if (same) return same.state === 'pending' && row.consent ? [{ ...row, id: same.id }] : []
    const count = counts.get(row.reader) ?? 0
    if (count >= maxSubscriptions) full.add(row.line)
    else counts.set(row.reader, count + 1)
    return count < maxSubscriptions ? [{ ...row, id: null }] : []
  })
  return { placed, full }
}

const isRunning = ({ state }: Subscription): boolean => state !== 'ended'

async function subscribeAll(app: App, tx: Tx, rows: Placed[], { importId, file }: BatchContext): Promise<void> {
  const agreed = [...new Set(rows.filter(({ consent }) => consent).map(({ reader }) => reader))]
  const now = app.now()
  const position = agreed.length > 0 ? await numberMatches(tx) : 0
  const added = rows.filter(({ id }) => id === null)
  await insertSubscriptions(
    tx,
    added.map(({ reader, choice, consent }) => ({ reader, choice, active: consent !== null })),
    { position, now },
  )
  const waiting = rows.flatMap(({ id }) => id ?? [])
  if (waiting.length > 0) await activateSubscriptions(tx, waiting, { position, now })
  await activateReaders(tx, agreed, { importId, now })
  await recordConsents(
    tx,
    rows.map((row) => consentOf(row, file, now)),
  )
}

function consentOf(
  { reader: subscriberId, choice, consent, listed, line }: Entered,
  file: string,
  now: Temporal.Instant,
): NewConsent {
  const origin = `Imported on ${dateAt(now)} from line ${line} of ${file}`
  if (consent) {
    const text = consentText(choice, `${origin}, with a consent of ${dateAt(consent.at)}.`)
    return { subscriberId, kind: 'given', text, source: consent.source, at: consent.at }
  }
  const list = listed ? `, with the list “${listed.source}” of ${dateAt(listed.at)}` : ''
  const text = consentText(choice, `${origin}${list}. A confirmation was asked for.`)
  return { subscriberId, kind: 'requested', text, source: 'import', at: now }
}

/** Mails those who must confirm, spread over time. Readers whose choices and lists are the same share an edition. */
async function mailConfirmations(
  app: App,
  tx: Tx,
  rows: Entered[],
  fresh: Set<number>,
  { file, begunAt, confirmFrom, everyMs, mails }: BatchContext,
): Promise<Temporal.Instant> {
  const pending = Map.groupBy(
    rows.filter(({ consent }) => !consent),
    ({ reader }) => reader,
  )
  const now = app.now()
  let from = Temporal.Instant.compare(confirmFrom, now) > 0 ? confirmFrom : now
  const newcomers = [...pending]
    .filter(([reader]) => fresh.has(reader))
    .map(([reader, own]) => {
      const choices = own.map(({ choice }) => shown(choice))
      return { reader, choices, list: listOf(file, begunAt, own[0]?.listed ?? null) }
    })
  if (mails.size > maxMails) mails.clear()
  for (const [told, group] of Map.groupBy(newcomers, ({ choices, list }) => JSON.stringify([choices, list]))) {
    const [{ choices, list }] = group as [(typeof newcomers)[number]]
    const { edition, sending } = mails.get(told) ?? (await confirmationOf(app, tx, choices, list))
    mails.set(told, { edition, sending })
    const readers = group.map(({ reader }) => reader)
    await createSpread(tx, mailingOf(app, edition, sending), readers, { from, everyMs })
    from = from.add({ nanoseconds: Math.round(readers.length * everyMs * 1e6) })
  }
  for (const reader of pending.keys()) {
    if (!fresh.has(reader)) await mailWithinLimits(app, tx, { kind: 'confirmation', subscriberId: reader })
  }
  return from
}

async function confirmationOf(app: App, tx: Tx, choices: ReturnType<typeof shown>[], list: ReturnType<typeof listOf>) {
  const requested = await Promise.all(choices.map((choice) => asRequested(tx, choice)))
  const { id, key, kind } = await freeze(app, tx, confirmationDraft(app, requested, list))
  const sending = await addSending(tx, id, { reason: 'imported', actor: 'import', at: app.now() })
  return { edition: { id, key, kind }, sending }
}

/** What the confirmation mail tells of a choice. */
const shown = ({ topics, cadence, at, weekday, zone }: Choice) => ({ topics, cadence, local_time: at, weekday, zone })
