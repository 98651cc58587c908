import type { App } from '../app.ts'
import { dropOutlived } from '../store/tidy.ts'

const signUpsKept = Temporal.Duration.from({ hours: 24 * 30 })

/** Drops what has outlived its use: sign-up counts and ended sessions. Nothing of the ledger is ever dropped here. */
export async function tidyUp(app: App): Promise<void> {
  const now = app.now()
  await dropOutlived(app.db, now.subtract(signUpsKept), now)
}
