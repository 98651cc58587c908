import type { App } from '../app.ts'
import { recordAudit } from '../platform/audit/audit.ts'
import { type Db, inDryRun, type Tx } from '../platform/db/db.ts'
import type { Withheld } from '../platform/db/tables/feeds.ts'
import { wake } from '../platform/db/wake.ts'
import { UserError } from '../platform/user-error.ts'
import { countItemSteps } from './item-audience.ts'
import { waitingSteps } from './rules/item-step.ts'
import { stopComposing } from './store/composing-lock.ts'
import type { AskedItem } from './store/steps-of-item.ts'
import {
  type KeptBack,
  keepBack,
  lockKnownItem,
  type MailsOfItem,
  mailsThatTell,
  releaseHeld,
  setWithheld,
  withheldIn,
} from './store/withheld-items.ts'

/** Who acts on an item, and why. With `dryRun` nothing is changed. */
export type ItemAct = { item: number; actor: string; reason: string; dryRun?: boolean | undefined }

/** `already`: the item was in that state, and nothing has changed. */
export type Withholding = ({ kind: 'done' } & KeptBack) | { kind: 'already' }

/**
 * Holds an item, or withdraws it for ever. From then on no mail, no page and no feed tells it. Mails with it that are not begun
 * are skipped, and their readers get the rest in another mail. What a relay has already taken, or is taking now, is out of reach.
 * @throws UserError when there is no such item, or it was withdrawn and is to be held
 */
export async function withholdItem(
  app: App,
  { item, as, actor, reason, dryRun }: ItemAct & { as: Withheld },
): Promise<Withholding> {
  const act = async (tx: Tx): Promise<Withholding> => {
    await stopComposing(tx)
    const { withheld } = await lockKnownItem(tx, item)
    if (withheld === as) return { kind: 'already' }
    if (withheld === 'withdrawn') throw new UserError(`Item ${item} was withdrawn for ever, so it cannot be held.`)
    await setWithheld(tx, item, { as, reason, now: app.now() })
    const kept = await keepBack(tx, item, app.now())
    const action = as === 'held' ? 'hold item' : 'withdraw item'
    await recordAudit(app, tx, { actor, action, subject: `item:${item}`, reason, detail: countsOf(kept) })
    await wakeComposers(tx)
    return { kind: 'done', ...kept }
  }
  return dryRun ? inDryRun(app.db, act) : app.db.transaction().execute(act)
}

/** What a release brings: which mails can tell the item again, and after a dry run how many readers would get one of them. */
export type Released = { kind: 'already' } | { kind: 'done'; by: MailsOfItem; readers: number | null }

/**
 * Releases a held item: readers who should get it and were not told it get it with their next alert or digest, unless it is too old for
 * mails. Releasing it again changes nothing (`already`).
 * @throws UserError when there is no such item, or it was withdrawn
 */
export async function releaseItem(app: App, { item, actor, reason }: ItemAct): Promise<Released> {
  return app.db.transaction().execute(async (tx) => {
    await stopComposing(tx)
    const by = await releaseKnown(app, tx, item)
    if (by === null) return { kind: 'already' }
    await recordAudit(app, tx, { actor, action: 'release item', subject: `item:${item}`, reason })
    await wakeComposers(tx)
    return { kind: 'done', by, readers: null }
  })
}

/**
 * What a release would bring, by the steps of all readers after it. Nothing is changed.
 * @throws UserError as `releaseItem` does
 */
export async function planRelease(app: App, asked: AskedItem): Promise<Released> {
  return inDryRun(app.db, async (tx) => {
    const by = await releaseKnown(app, tx, asked.item)
    if (by === null) return { kind: 'already' }
    const steps = await countItemSteps(tx, asked)
    const readers = steps.filter(({ step }) => waitingSteps.has(step)).reduce((sum, { count }) => sum + count, 0)
    return { kind: 'done', by, readers }
  })
}

/** Releases an item in a transaction; null where it is not held. */
async function releaseKnown(app: App, tx: Tx, item: number): Promise<MailsOfItem | null> {
  const { withheld } = await lockKnownItem(tx, item)
  if (withheld === null) return null
  if (withheld === 'withdrawn') throw new UserError(`Item ${item} was withdrawn for ever, so it cannot be released.`)
  await releaseHeld(tx, item, app.now())
  return mailsThatTell(tx, item)
}

/**
 * Skips the mails with these withheld items that became due again: the relay had asked to wait while the item was withheld. Each
 * item is a transaction of its own.
 */
export async function keepBackWithheld(app: App, items: number[]): Promise<void> {
  for (const id of items.toSorted((a, b) => a - b)) {
    await app.db.transaction().execute(async (tx) => {
      await stopComposing(tx)
      if ((await lockKnownItem(tx, id)).withheld === null) return
      const kept = await keepBack(tx, id, app.now())
      await wakeComposers(tx)
      app.log.info({ item: id, ...countsOf(kept) }, 'kept back mails with a withheld item')
    })
  }
}

/** @throws UserError when an edition tells of a withheld item, so that nobody may be sent it */
export async function requireNothingWithheld(db: Db, edition: number): Promise<void> {
  const [item] = await withheldIn(db, [edition])
  if (!item) return
  const way = item.withheld === 'held' ? ' Release the item first.' : ''
  throw new UserError(`This edition tells of item ${item.id}, which is ${item.withheld}, so it cannot be sent.${way}`)
}

const countsOf = ({ mails, readers, again }: KeptBack) => ({ mails, readers, again })

async function wakeComposers(tx: Tx): Promise<void> {
  await wake(tx, 'welcome')
  await wake(tx, 'digest')
  await wake(tx, 'alert')
}
