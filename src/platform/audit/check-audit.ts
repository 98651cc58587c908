import type { App } from '../../app.ts'
import type { Db } from '../db/db.ts'
import { readSetting, writeSetting } from '../db/settings.ts'
import { verifyAudit } from './audit.ts'

/** The result of a check: `at` is an ISO 8601 instant, `brokenAt` the id of the first wrong event. */
export type AuditCheck = { at: string; brokenAt: number | null }

const setting = 'audit_checked'

const checkAfter = Temporal.Duration.from({ hours: 20 })

/** Verifies the audit log once a day, stores the result as a setting, and logs an error when the chain is broken. */
export async function checkAudit(app: App): Promise<void> {
  const now = app.now()
  const last = await lastAuditCheck(app.db)
  if (last && Temporal.Instant.compare(Temporal.Instant.from(last.at).add(checkAfter), now) > 0) return
  const brokenAt = await verifyAudit(app.db, app.config.auditKeys, { remember: true })
  await writeSetting(app.db, setting, { at: now.toString(), brokenAt } satisfies AuditCheck)
  if (brokenAt !== null) app.log.error({ event: brokenAt }, 'found a broken audit log')
}

/** The result of the last check; undefined before the first. */
export function lastAuditCheck(db: Db): Promise<AuditCheck | undefined> {
  return readSetting<AuditCheck>(db, setting)
}
