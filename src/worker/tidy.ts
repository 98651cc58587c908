import type { App } from '../app.ts'
import { dropHookTokens } from '../delivery/store/bounces.ts'
import { dropPollDays } from '../feeds/store/polls.ts'
import { dropOutlived } from './store/drop-outlived.ts'

const signUpsKept = Temporal.Duration.from({ hours: 24 * 30 })

const tokensKept = Temporal.Duration.from({ hours: 24 })

const pollsKept = Temporal.Duration.from({ hours: 24 * 60 })

/** Drops what has outlived its use: sign-up counts, ended sessions, spent tokens, old polls. Nothing of the ledger is ever dropped here. */
export async function tidyUp(app: App): Promise<void> {
  const now = app.now()
  await dropOutlived(app.db, now.subtract(signUpsKept), now)
  await dropHookTokens(app.db, now.subtract(tokensKept))
  await dropPollDays(app.db, now.subtract(pollsKept).toString().slice(0, 10))
}
