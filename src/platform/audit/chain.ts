import { createHash, type Hash } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { Tables } from '../db/schema.ts'
import { readSetting, writeSetting } from '../db/settings.ts'
import { macOf, sameMac } from '../mac.ts'

export type StoredAuditEvent = Selectable<Tables['audit_events']>
export type UnsignedEvent = Omit<StoredAuditEvent, 'id' | 'mac'>

/** The last event, with a seal. It shows that events at the end were deleted, even when others came after them. */
export type Head = { id: number; mac: string; seal: string }

const headSetting = 'audit_head'
const pageSize = 1000

export const readHead = (db: Db): Promise<Head | undefined> => readSetting<Head>(db, headSetting)

/** Appends an event behind the head: its mac covers the mac of the event before it. Returns the new head. */
export async function appendEvent(tx: Tx, key: string, head: Head | undefined, unsigned: UnsignedEvent): Promise<Head> {
  const mac = macOf(key, 'audit', signedText(head?.mac ?? '', unsigned))
  await numberBehind(tx, head)
  const { id } = await tx
    .insertInto('audit_events')
    .values({ ...unsigned, detail: JSON.stringify(unsigned.detail), mac })
    .returning('id')
    .executeTakeFirstOrThrow()
  const next = { id, mac, seal: sealOf(key, { id, mac }) }
  await writeSetting(tx, headSetting, next)
  return next
}

/**
 * Lets the next event follow the last one without a gap: a transaction that was rolled back, as that of a dry run, took a number from
 * the sequence for good. No number of a deleted event is given again. The caller holds `lockChain`.
 */
async function numberBehind(tx: Tx, head: Head | undefined): Promise<void> {
  await sql`
    select setval(pg_get_serial_sequence('audit_events', 'id'), greatest(max(id), ${head?.id ?? 0}::bigint) + 1, false)
    from audit_events`.execute(tx)
}

const sealOf = (key: string, { id, mac }: { id: number; mac: string }) => macOf(key, 'audit head', `${id} ${mac}`)

/** Which of the keys sealed these as the last event, by its place in the list; -1 when none did. */
export const sealerOf = (keys: string[], head: Head, last: { id: number; mac: string } = head): number =>
  keys.findIndex((key) => sameMac(head.seal, sealOf(key, last)))

/** One process at a time appends. */
export async function lockChain(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(7140003)`.execute(tx)
}

/**
 * What is known of a chain at its end: the first event that no key may have signed, the last event, the digest of all, and the
 * newest key that signed, by its place in the list. `met` says that the event asked for is in the chain.
 */
type Walked = {
  unknown: number | null
  last: { id: number; mac: string }
  digest: string
  events: number
  newest: number
  met: boolean
}

/** How an event names the digest of all events before it, when another key begins to sign. */
export type KeyChange = { events: number; digest: string }
export const keyChangeAction = 'change audit key'

/**
 * Reads the whole chain from its start. Keys are in the order of their age, the newest first. Once a key signs a change of the
 * key that holds the digest of all events before it, no earlier key counts. Events of a key that is no longer known count before
 * such an event, which was only written after they had been verified.
 */
export async function walkChain(tx: Tx, keys: string[], find?: { id: number; mac: string }): Promise<Walked> {
  const hash = createHash('sha256')
  const walked: Walked = { unknown: null, last: none, digest: '', events: 0, newest: keys.length, met: !find }
  for await (const event of allEvents(tx)) {
    const text = signedText(walked.last.mac, event)
    const signer = keys.findIndex((key) => sameMac(event.mac, macOf(key, 'audit', text)))
    const isChange = event.action === keyChangeAction && digestIn(event) === digestOf(hash)
    if (!maySign(signer, isChange, walked)) walked.unknown ??= event.id
    else {
      if (isChange) walked.unknown = null
      walked.newest = signer
    }
    hash.update(`${text}\n${event.mac}\n`)
    walked.last = event
    walked.events++
    walked.met ||= event.id === find?.id && sameMac(event.mac, find.mac)
  }
  return { ...walked, digest: digestOf(hash) }
}

const none = { id: 0, mac: '' }

/** The first event may have any key. From then on only a change of the key may have a newer one. */
function maySign(signer: number, isChange: boolean, { newest, events }: Walked): boolean {
  if (signer < 0 || signer > newest) return false
  return signer === newest || isChange || events === 0
}

const digestOf = (hash: Hash) => hash.copy().digest('hex')
const digestIn = ({ detail }: StoredAuditEvent) => (detail as Partial<KeyChange>).digest

async function* allEvents(tx: Tx): AsyncGenerator<StoredAuditEvent> {
  let page: StoredAuditEvent[]
  let after = 0
  do {
    page = await tx
      .selectFrom('audit_events')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    yield* page
    after = page.at(-1)?.id ?? after
  } while (page.length === pageSize)
}

function signedText(before: string, { actor, action, subject, reason, detail, at }: UnsignedEvent): string {
  return canonicalJson({ before, actor, action, subject, reason, detail, at: at.toString() })
}

/** JSON with sorted keys, so that equal values give equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => (isRecord(inner) ? sorted(inner) : inner))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
