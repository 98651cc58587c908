import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { SuppressionReason } from '../platform/db/tables/readers.ts'
import { type Consent, lastConsents } from './store/consents.ts'
import { type ListedSubscriber, subscriberPages } from './store/subscribers.ts'
import { suppressionReasons } from './store/suppressions.ts'

/** A reader with what else an export tells: the last consent, and why the address is never mailed. */
export type ExportedSubscriber = ListedSubscriber & { consent: Consent | null; suppressed: SuppressionReason | null }

const pageSize = 500

/** All readers, those who left too, 500 at a time. */
export async function* exportSubscribers({ db }: Pick<App, 'db'>): AsyncGenerator<ExportedSubscriber[]> {
  for await (const page of subscriberPages(db, { limit: pageSize })) {
    const ids = page.map(({ id }) => id)
    const [consents, suppressed] = [await lastConsents(db, ids), await suppressionReasons(db, ids)]
    yield page.map((reader) => {
      return { ...reader, consent: consents.get(reader.id) ?? null, suppressed: suppressed.get(reader.id) ?? null }
    })
  }
}

/** Records in the audit log that somebody takes all addresses out of the system. */
export async function recordExport(app: App, actor: string, detail: object): Promise<void> {
  const event = { actor, action: 'export subscribers', subject: 'subscribers', detail }
  await app.db.transaction().execute((tx) => recordAudit(app, tx, event))
}
