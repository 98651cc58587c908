import type { App } from '../../src/app.ts'

/** What was done, newest first, as `action subject`. */
export async function auditedActions({ db }: App): Promise<string[]> {
  const events = await db.selectFrom('audit_events').select(['action', 'subject']).orderBy('id', 'desc').execute()
  return events.map(({ action, subject }) => `${action} ${subject}`)
}
