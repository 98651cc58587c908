import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { createConfirmationMail } from './confirmation-mail.ts'
import { mayMailConfirmation } from './rules/confirmation-limit.ts'
import { countConfirmationMails } from './store/confirmations.ts'

/**
 * Posts a letter that a stranger may have asked for: one a day and three a month of its kind to an address, whatever the
 * source. The caller holds the subscriber's lock, so that two requests at once make one letter. False: not this time.
 */
export async function mailWithinLimits(
  app: App,
  tx: Tx,
  letter: { kind: 'confirmation' | 'link'; subscriberId: number },
): Promise<boolean> {
  const sent = await countConfirmationMails(tx, letter.subscriberId, letter.kind, app.now())
  if (!mayMailConfirmation(sent)) return false
  await createConfirmationMail(app, tx, letter)
  return true
}
