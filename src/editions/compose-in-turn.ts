import { type ComposingMemory, createComposingMemory } from './composing-memory.ts'

/** About so long one transaction composes: an admin who withholds an item waits for it, and a crash repeats it. */
const transactionMs = 1_000

/** Composes for one group after the other until the time of the transaction is over; returns how many deliveries were created. */
export async function composeInTurn<Group>(
  groups: Group[],
  compose: (group: Group, memory: ComposingMemory) => Promise<number>,
  signal?: AbortSignal,
): Promise<number> {
  const memory = createComposingMemory()
  const end = performance.now() + transactionMs
  let deliveries = 0
  for (const group of groups) {
    deliveries += await compose(group, memory)
    if (signal?.aborted || performance.now() > end) break
  }
  return deliveries
}
