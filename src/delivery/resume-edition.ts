import type { App } from '../app.ts'
import { knownEdition } from '../editions/store/editions.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import type { AudienceSample } from '../platform/db/audience-sample.ts'
import { wake } from '../platform/db/wake.ts'
import { UserError } from '../platform/user-error.ts'
import { storedSuppressionKey } from '../readers/store/suppressions.ts'
import { owedByPaused, resumeEdition } from './store/pauses.ts'

/**
 * Who would get a paused edition after it is resumed.
 * @throws UserError as `resumePaused` does
 */
export async function planResume(app: App, key: string): Promise<AudienceSample> {
  const edition = await knownEdition(app.db, key)
  if (!edition.paused_at) throw notPaused(key)
  return owedByPaused(app.db, edition.id, await storedSuppressionKey(app.db))
}

/**
 * Resumes an edition that was paused because too many of its mails were refused. Returns how many readers get the
 * edition now, as its plan says.
 * @throws UserError when there is no such edition, or it is not paused
 */
export async function resumePaused(
  app: App,
  { edition: key, actor, reason }: { edition: string; actor: string; reason: string },
): Promise<number> {
  const edition = await knownEdition(app.db, key)
  const due = await app.db.transaction().execute(async (tx) => {
    const { count } = await owedByPaused(tx, edition.id, await storedSuppressionKey(tx))
    if ((await resumeEdition(tx, edition.id, app.now())) === undefined) throw notPaused(key)
    const subject = `edition:${edition.id}`
    await recordAudit(app, tx, { actor, action: 'resume edition', subject, reason, detail: { due: count } })
    return count
  })
  await wake(app.db, 'deliver')
  return due
}

const notPaused = (key: string): UserError => new UserError(`Edition ${key} is not paused.`)
