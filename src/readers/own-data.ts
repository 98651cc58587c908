import type { App } from '../app.ts'
import { addressKey } from '../platform/address.ts'
import { eraseIn } from './erase-reader.ts'
import { changeOwnData, type NoOwnData, peekOwnData } from './own-data-link.ts'
import { eventRow, lastDigestDays, type ReaderRecord, readerRecord, zoneOfReader } from './reader-record.ts'
import { ownLabels } from './store/labels.ts'
import { type Subscriber, shownEmail } from './store/subscribers.ts'
import { type TimelineEvent, timelineOf } from './store/timeline.ts'

/** A reader's data as the page shows it, with the newest events; `days` say in sentences why the last digests came or not. */
export type OwnData = {
  kind: 'open'
  subscriber: Subscriber
  record: ReaderRecord
  zone: string
  days: string[]
  events: TimelineEvent[]
}

/** So many events stand on the page; the file has all. */
const shownEvents = 50
/** So many dates back the page says why a digest came or not. */
const shownDays = 14

/** What the reader of a link sees of the reader's data. Changes nothing. */
export async function showOwnData(app: App, token: string): Promise<OwnData | NoOwnData> {
  const link = await peekOwnData(app, token)
  if (link.kind !== 'open') return link
  const { subscriber } = link
  const record = await readerRecord(app.db, subscriber)
  const zone = zoneOfReader(record.subscriptions)
  const [days, events] = await Promise.all([
    lastDigestDays(app, subscriber.id, zone, shownDays),
    timelineOf(app.db, subscriber.id, { limit: shownEvents }),
  ])
  return { kind: 'open', subscriber, record, zone, days, events }
}

/** All that is stored of the reader of a link, as one JSON object in pieces, so that it is never in memory as a whole. */
export async function ownDataFile(
  app: App,
  token: string,
): Promise<{ kind: 'open'; pieces: AsyncGenerator<string> } | NoOwnData> {
  const link = await peekOwnData(app, token)
  return link.kind === 'open' ? { kind: 'open', pieces: piecesOf(app, link.subscriber) } : link
}

const pageSize = 500

async function* piecesOf({ db }: App, subscriber: Subscriber): AsyncGenerator<string> {
  const { id } = subscriber
  const record = await readerRecord(db, subscriber)
  const zone = zoneOfReader(record.subscriptions)
  const head = { ...factsOf(subscriber), ...record, labels: await ownLabels(db, id) }
  yield `${JSON.stringify(head).slice(0, -1)},"timeline":[`
  let page: TimelineEvent[] = []
  let separator = '\n'
  do {
    page = await timelineOf(db, id, { before: page.at(-1), limit: pageSize })
    if (page.length) yield separator + page.map((event) => JSON.stringify(eventRow(event, zone))).join(',\n')
    separator = ',\n'
  } while (page.length === pageSize)
  yield ']}\n'
}

function factsOf({ state, created_at, confirmed_at, gone_at, paused_until, ...reader }: Subscriber) {
  return { address: shownEmail(reader), state, created_at, confirmed_at, gone_at, paused_until }
}

/**
 * Erases the reader of a link, who typed the address to confirm it. No mail is sent: its delivery would have to be kept. `other`:
 * another address was typed, and nothing is done.
 */
export async function eraseMyself(
  app: App,
  token: string,
  typed: string,
): Promise<{ kind: 'erased' } | { kind: 'other' } | NoOwnData> {
  return changeOwnData(app, token, async (tx, subscriber) => {
    if (addressKey(typed.trim()) !== subscriber.email) return { kind: 'other' as const }
    await eraseIn(app, tx, subscriber, { actor: 'reader', reason: 'by the link of a mail' })
    return { kind: 'erased' as const }
  })
}
