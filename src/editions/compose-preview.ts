import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { numberMatches } from '../reading/store/takeaways.ts'
import { placeClaims } from '../stories/place-claims.ts'
import { composeGroup } from './compose-digests.ts'
import { createComposingMemory } from './composing-memory.ts'
import { nextSlot } from './rules/schedule.ts'
import { lockComposing } from './store/composing-lock.ts'
import { type Edition, editionsById } from './store/editions.ts'
import {
  openPreviewSlot,
  type PreviewedCopy,
  type PreviewedSubscription,
  previewedCopy,
  subscriptionsToPreview,
} from './store/previews.ts'
import { groupOfSubscription, openWindows } from './store/windows.ts'

/** The next digest of a reader with the reader's copy of it, or why there would be none. */
export type ComposedPreview = { kind: 'mail'; edition: Edition; copy: PreviewedCopy } | { kind: 'none'; reason: string }

/**
 * The next digest of a reader as it would be composed now. It is composed by the steps of the digest itself, in a transaction that is
 * rolled back: nothing of it is stored or sent.
 * @throws UserError when there is no such reader, or the reader has no digest
 */
export async function composePreview(app: App, email: string): Promise<ComposedPreview> {
  const [subscription] = await subscriptionsToPreview(app.db, email)
  if (!subscription)
    throw new UserError(`No reader ${email} has a digest. Alerts have no preview: they come with the news.`)
  await placeClaims(app)
  const tx = await app.db.startTransaction().execute()
  try {
    return await compose(app, tx, subscription)
  } finally {
    await tx.rollback().execute()
  }
}

async function compose(app: App, tx: Tx, subscription: PreviewedSubscription): Promise<ComposedPreview> {
  await lockComposing(tx)
  const { id, cadence, local_time: localTime, zone, weekday } = subscription
  const next = nextSlot({ cadence, localTime, zone, weekday }, app.now())
  const slot = await openPreviewSlot(tx, next, await numberMatches(tx))
  await openWindows(tx, slot)
  const group = (await groupOfSubscription(tx, slot.id, id))?.group
  if (group) await composeGroup(app, tx, slot, group, createComposingMemory())
  const copy = await previewedCopy(tx, slot.id, id)
  const [edition] = copy ? await editionsById(tx, [copy.edition_id]) : []
  if (copy && edition) return { kind: 'mail', edition, copy }
  const reason = (await groupOfSubscription(tx, slot.id, id))?.reason
  return { kind: 'none', reason: reason ?? 'the reader has another subscription that comes first' }
}
