import type { Db, Tx } from '../db/db.ts'
import { withoutAddresses } from '../text/without-addresses.ts'
import {
  appendEvent,
  type Head,
  type KeyChange,
  keyChangeAction,
  lockChain,
  readHead,
  type StoredAuditEvent,
  sealerOf,
  type UnsignedEvent,
  walkChain,
} from './chain.ts'
import { readSeen, writeSeen } from './seen-chain.ts'

/**
 * Who did what to what, and why. `actor` and `subject` are words with ids, such as `admin:3` and `edition:17`, since a
 * reader can be erased but an event cannot. `reason` is in the person's own words.
 */
export type AuditEvent = { actor: string; action: string; subject: string; reason?: string; detail?: object }

/** What the log needs of the app: its clock, and its keys, newest first. */
type AuditApp = { now(): Temporal.Instant; config: { auditKeys: string[] } }

/**
 * Appends an event to the chain, signed with the newest key. Mail addresses in `reason` are removed, and the local parts of `own`,
 * the addresses of the reader whom the event is about: an event cannot be changed when the reader is erased.
 */
export async function recordAudit(app: AuditApp, tx: Tx, event: AuditEvent, ...own: string[]): Promise<void> {
  const [key] = app.config.auditKeys
  if (key === undefined) throw new Error('Set SECRET_KEY: the audit log needs it.')
  await lockChain(tx)
  const head = await noteKeyChange(app, tx, key)
  const next = await appendEvent(tx, key, head, asStored(event, app.now(), own))
  if (!head && !(await readSeen(tx))) await writeSeen(tx, next)
}

/**
 * Where another key signed the last event, appends one that the newest key signs. It holds the digest of the whole chain, if
 * that is intact. From then on the earlier keys are not needed any more.
 */
async function noteKeyChange({ config, now }: AuditApp, tx: Tx, key: string): Promise<Head | undefined> {
  const { auditKeys } = config
  const head = await readHead(tx)
  const sealer = head ? sealerOf(auditKeys, head) : -1
  if (!head || sealer <= 0) return head
  const { unknown, last, digest, events, met } = await walkChain(tx, auditKeys, await readSeen(tx))
  if (unknown !== null || last.id !== head.id || !met) return head
  const detail: KeyChange = { events, digest }
  const changed = { actor: 'sitrep', action: keyChangeAction, subject: 'audit', detail }
  const next = await appendEvent(tx, key, head, asStored(changed, now()))
  await writeSeen(tx, next)
  return next
}

/**
 * Reads the whole chain from its start, in one snapshot, and compares it with what was seen of it before. With `remember`, its
 * end is what the next check must find, if it is intact.
 * @returns null when it is intact, else the id of the first event that was changed, that follows a deleted event, or
 * that was itself deleted at the end
 */
export async function verifyAudit(
  db: Db,
  keys: string[],
  { remember = false }: { remember?: boolean } = {},
): Promise<number | null> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const seen = await readSeen(tx)
      const { unknown, last, met } = await walkChain(tx, keys, seen)
      const lost = seen && !met ? seen.id : null
      const brokenAt = unknown ?? brokenEnd(last, await readHead(tx), keys) ?? lost
      if (remember && brokenAt === null && last.id > 0) await writeSeen(tx, last)
      return brokenAt
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
  own: string[] = [],
): UnsignedEvent {
  return {
    actor,
    action,
    subject,
    reason: withoutAddresses(reason.toWellFormed().replaceAll('\0', ''), ...own),
    detail: JSON.parse(JSON.stringify(detail)),
    at: at.round('millisecond'),
  }
}

/** Compares the last event with the head: null when they agree, else the id of the event that is missing or not known. */
function brokenEnd(last: { id: number; mac: string }, head: Head | undefined, keys: string[]): number | null {
  if (!head) return last.id || null
  return sealerOf(keys, head, last) >= 0 ? null : Math.max(head.id, last.id)
}
