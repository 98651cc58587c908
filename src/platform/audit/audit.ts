import { type Selectable, sql } from 'kysely'
import { withoutAddresses } from '../address.ts'
import type { Db, Tx } from '../db/db.ts'
import type { Tables } from '../db/schema.ts'
import { readSetting, writeSetting } from '../db/settings.ts'
import { macOf, sameMac } from '../mac.ts'
import { canonicalJson } from './canonical-json.ts'

/**
 * Who did what to what and why. `actor` and `subject` are words with ids, such as `admin:3` and `edition:17`: readers are
 * erased, this stays. `reason` is in the person's own words.
 */
export type AuditEvent = {
  actor: string
  action: string
  subject: string
  reason: string
  detail: Record<string, unknown>
  at: Temporal.Instant
}
export type StoredAuditEvent = Selectable<Tables['audit_events']>
/** The last event, sealed: what is cut off at the end is missed, also after more was appended. */
type Head = { id: number; mac: string; seal: string }

const chaining = 7_140_003
const headSetting = 'audit_head'
const pageSize = 1000

/** Appends an event: its mac covers the mac before it, and the head remembers the last. */
export async function recordAudit(tx: Tx, keys: string[], entry: AuditEvent): Promise<void> {
  await sql`select pg_advisory_xact_lock(${chaining})`.execute(tx)
  const head = await readSetting<Head>(tx, headSetting)
  const kept = asKept(entry)
  const mac = macOf(keys[0]!, 'audit', chained(head?.mac ?? '', kept))
  const { id } = await tx
    .insertInto('audit_events')
    .values({ ...kept, detail: JSON.stringify(kept.detail), mac })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeSetting(tx, headSetting, { id, mac, seal: macOf(keys[0]!, 'audit head', `${id} ${mac}`) } satisfies Head)
}

/**
 * Reads the chain from its start.
 * @returns the id of the first event that was changed, came after a missing one, or is itself missing at the end; or null.
 */
export async function verifyAudit(db: Db, keys: string[]): Promise<number | null> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      let last = { id: 0, mac: '' }
      for await (const event of allEvents(tx)) {
        if (!keys.some((key) => sameMac(event.mac, macOf(key, 'audit', chained(last.mac, event))))) return event.id
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
  return db
    .selectFrom('audit_events')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** As the database gives it back: whole milliseconds, no half characters, no undefined. */
function asKept(entry: AuditEvent): AuditEvent {
  return {
    ...entry,
    reason: withoutAddresses(entry.reason.toWellFormed().replaceAll('\0', '')),
    detail: JSON.parse(JSON.stringify(entry.detail)),
    at: entry.at.round('millisecond'),
  }
}

function chained(before: string, { actor, action, subject, reason, detail, at }: Omit<StoredAuditEvent, 'id' | 'mac'>) {
  return canonicalJson({ before, actor, action, subject, reason, detail, at: at.toString() })
}

async function* allEvents(tx: Tx): AsyncGenerator<StoredAuditEvent> {
  for (let after = 0; ; ) {
    const page = await tx
      .selectFrom('audit_events')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)!.id
  }
}

function brokenEnd(last: { id: number; mac: string }, head: Head | undefined, keys: string[]): number | null {
  if (!head) return last.id || null
  const sealed = keys.some((key) => sameMac(head.seal, macOf(key, 'audit head', `${last.id} ${last.mac}`)))
  return sealed ? null : Math.max(head.id, last.id)
}
