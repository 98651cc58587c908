import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { type ExportedReader, exportedReaders } from './store/exported-readers.ts'

const pageSize = 200

/** All readers, those who left too, in pages. The next page is read while the caller writes one. */
export async function* exportSubscribers({ db }: Pick<App, 'db'>): AsyncGenerator<ExportedReader[]> {
  const pageAfter = (after: number) => {
    const page = exportedReaders(db, { after, limit: pageSize })
    page.catch(() => {}) // a caller who ends early awaits it no more
    return page
  }
  let next: Promise<ExportedReader[]> | undefined = pageAfter(0)
  while (next) {
    const page: ExportedReader[] = await next
    const last = page.at(-1)
    next = last && page.length === pageSize ? pageAfter(last.id) : undefined
    if (last) yield page
  }
}

/** Records in the audit log that somebody takes all addresses out of the system. */
export async function recordExport(app: App, actor: string, detail: object): Promise<void> {
  const event = { actor, action: 'export subscribers', subject: 'subscribers', detail }
  await app.db.transaction().execute((tx) => recordAudit(app, tx, event))
}
