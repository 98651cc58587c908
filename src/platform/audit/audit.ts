import { type Selectable, sql } from 'kysely'
import { withoutAddresses } from '../address.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Tables } from '../db/schema.ts'
import { readSetting, writeSetting } from '../db/settings.ts'
import { macOf, sameMac } from '../mac.ts'

/**
 * Who did what to what, and why. `actor` and `subject` are words with ids, such as `admin:3` and `edition:17`, since a
 * reader can be erased but an event cannot. `reason` is in the person's own words.
 */
export type AuditEvent = { actor: string; action: string; subject: string; reason?: string; detail?: object }
export type StoredAuditEvent = Selectable<Tables['audit_events']>

/** What the log needs of the app: its clock, and its keys, newest first. */
type AuditApp = { now(): Temporal.Instant; config: { secretKeys: string[] } }
type UnsignedEvent = Omit<StoredAuditEvent, 'id' | 'mac'>
/** The last event, with a seal. It shows that events at the end were deleted, even when others came after them. */
type Head = { id: number; mac: string; seal: string }

const appendLock = 7_140_003
const headSetting = 'audit_head'
const pageSize = 1000

/** Appends an event to the chain: its mac covers the mac of the event before it. Mail addresses in `reason` are removed. */
export async function recordAudit(app: AuditApp, tx: Tx, event: AuditEvent): Promise<void> {
  const [key] = app.config.secretKeys
  if (key === undefined) throw new Error('Set SECRET_KEY: the audit log needs it.')
  await sql`select pg_advisory_xact_lock(${appendLock})`.execute(tx)
  const head = await readSetting<Head>(tx, headSetting)
  const unsigned = asStored(event, app.now())
  const mac = macOf(key, 'audit', signedText(head?.mac ?? '', unsigned))
  const { id } = await tx
    .insertInto('audit_events')
    .values({ ...unsigned, detail: JSON.stringify(unsigned.detail), mac })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeSetting(tx, headSetting, { id, mac, seal: macOf(key, 'audit head', `${id} ${mac}`) } satisfies Head)
}

/**
 * Reads the whole chain from its start, in one snapshot.
 * @returns null when it is intact, else the id of the first event that was changed, that follows a deleted event, or
 * that was itself deleted at the end
 */
export async function verifyAudit(db: Db, keys: string[]): Promise<number | null> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      let last = { id: 0, mac: '' }
      for await (const event of allEvents(tx)) {
        const text = signedText(last.mac, event)
        if (!keys.some((key) => sameMac(event.mac, macOf(key, 'audit', text)))) return event.id
        last = event
      }
      return brokenEnd(last, await readSetting<Head>(tx, headSetting), keys)
    })
}

/** A page of events, newest first. `before` is the last id of the page before. */
export async function listAudit(
  db: Db,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<StoredAuditEvent[]> {
  const query = db.selectFrom('audit_events').selectAll().orderBy('id', 'desc').limit(limit)
  return (before === undefined ? query : query.where('id', '<', before)).execute()
}

/** The event as the database returns it: whole milliseconds, well-formed text, no undefined properties. */
function asStored(
  { actor, action, subject, reason = '', detail = {} }: AuditEvent,
  at: Temporal.Instant,
): UnsignedEvent {
  return {
    actor,
    action,
    subject,
    reason: withoutAddresses(reason.toWellFormed().replaceAll('\0', '')),
    detail: JSON.parse(JSON.stringify(detail)),
    at: at.round('millisecond'),
  }
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

/** Compares the last event with the head: null when they agree, else the id of the event that is missing or not known. */
function brokenEnd(last: { id: number; mac: string }, head: Head | undefined, keys: string[]): number | null {
  if (!head) return last.id || null
  const isSealed = keys.some((key) => sameMac(head.seal, macOf(key, 'audit head', `${last.id} ${last.mac}`)))
  return isSealed ? null : Math.max(head.id, last.id)
}
