import type { App } from '../app.ts'
import { dropHookTokens } from '../delivery/store/bounces.ts'
import { dropPollDays } from '../feeds/store/polls.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { makeRipeChanges } from '../readers/change-address.ts'
import { lifetimes } from '../readers/rules/lifetimes.ts'
import { dropOldMutes } from '../readers/store/mutes.ts'
import { forgetUnconfirmed } from '../readers/store/unconfirmed.ts'
import { dropOutlived } from './store/drop-outlived.ts'

const keepTokensFor = Temporal.Duration.from({ hours: 24 })
const keepPollsFor = Temporal.Duration.from({ hours: 24 * 60 })

/**
 * Makes the changes of address that were not cancelled in time. Deletes old rows: sign-up counts, ended sessions, used webhook tokens, counts of polls and mutes of old threads; and the
 * addresses that nobody confirmed. Never rows of the ledger.
 */
export async function tidyUp(app: App): Promise<void> {
  const now = app.now()
  await dropOutlived(app.db, now)
  await dropHookTokens(app.db, now.subtract(keepTokensFor))
  await dropPollDays(app.db, dateAt(now.subtract(keepPollsFor)))
  await dropOldMutes(app.db, now.subtract(lifetimes.mute))
  await makeRipeChanges(app)
  await forgetUnconfirmed(app.db, now.subtract(lifetimes.unconfirmed), now)
}
