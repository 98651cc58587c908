import type { Id, Instant, Json } from './columns.ts'

/** The tables about admins and what they did. */
export type AdminTables = {
  audit_events: AuditTable
  admins: { id: Id; email: string; nonce: string; created_at: Instant }
  sessions: { hash: string; admin_id: number; expires_at: Instant }
}

type AuditTable = {
  id: Id
  at: Instant
  actor: string
  action: string
  subject: string
  reason: string
  detail: Json<unknown>
  mac: string
}
