import type { Db } from '../platform/db/db.ts'
import { furthestStep, type ItemStep, itemStep, itemSteps } from './rules/item-step.ts'
import { type AskedItem, type StepRow, stepsOfItem } from './store/steps-of-item.ts'
import { withheldReason } from './store/withheld-items.ts'

/** How far an item came to one reader, with each subscription; `mail` is the last mail with it and what became of it. */
export type ItemReader = {
  email: string
  step: ItemStep
  mail: { edition: string; state: string; reason: string | null; at: Temporal.Instant | null } | null
  subscriptions: { id: number; cadence: string; step: ItemStep }[]
}

const pageSize = 5_000

/** How far an item came to each reader, or to one by the address, in pages in the order of the readers' ids. */
export async function* readersOfItem(db: Db, asked: AskedItem, email?: string): AsyncGenerator<ItemReader[]> {
  for (let after = 0; ; ) {
    const rows = await stepsOfItem(db, asked, { after, limit: pageSize, email })
    const last = rows.at(-1)
    if (!last) return
    yield [...Map.groupBy(rows, ({ subscriber }) => subscriber).values()].map(toReader)
    after = last.subscriber
  }
}

function toReader(rows: StepRow[]): ItemReader {
  const steps = rows.map((row) => ({ row, step: itemStep(row, withheldReason) }))
  const step = furthestStep(steps.map((each) => each.step))
  const { row: last } = steps.find((each) => each.step === step) ?? {}
  return {
    email: last?.email ?? '',
    step,
    mail:
      last?.edition && last.state
        ? { edition: last.edition, state: last.state, reason: last.reason, at: last.at }
        : null,
    subscriptions: steps.flatMap((own) =>
      own.row.subscription === null || own.row.standing !== 'active'
        ? []
        : [{ id: own.row.subscription, cadence: own.row.cadence, step: own.step }],
    ),
  }
}

/** How many readers are at a step, with the first few addresses. */
export type StepCount = { step: ItemStep; count: number; sample: string[] }

const inSample = 5

/** Counts all readers by the step that an item came to; steps without readers are left out. */
export async function countItemSteps(db: Db, asked: AskedItem): Promise<StepCount[]> {
  const counts = new Map<ItemStep, StepCount>()
  for await (const page of readersOfItem(db, asked)) {
    for (const { step, email } of page) {
      const at = counts.get(step) ?? { step, count: 0, sample: [] }
      counts.set(step, at)
      at.count += 1
      if (at.sample.length < inSample) at.sample.push(email)
    }
  }
  return itemSteps.flatMap((step) => counts.get(step) ?? []).toReversed()
}
