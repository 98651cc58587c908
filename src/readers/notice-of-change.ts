import type { App } from '../app.ts'
import { type ChangeNotice, changeView } from '../editions/mail/change-view.ts'
import { subscriptionLine } from '../editions/mail/confirmation-view.ts'
import { type EditionDraft, senderOf } from '../editions/publish.ts'
import type { Tx } from '../platform/db/db.ts'
import { dateAt, longDate } from '../platform/text/format-instant.ts'
import { asRequested, mailToReader, personalFacts } from './personal-mail.ts'
import { mayMailNotice } from './rules/sign-up-limits.ts'
import { requestedMails } from './store/sign-ups.ts'
import { subscriptionsOf } from './store/subscriptions.ts'

/**
 * Mails a reader what was changed with the link of a mail, or by an admin, in sentences. The caller holds the subscriber's lock. Past
 * the limit of a day the change is made, and no mail tells of it: false.
 */
export async function mailNotice(
  app: App,
  tx: Tx,
  subscriberId: number,
  lines: string[],
  { by, undo }: Pick<ChangeNotice, 'by' | 'undo'> = { by: 'link', undo: false },
): Promise<boolean> {
  const sent = await requestedMails(tx, subscriberId, 'change', { since: app.now().subtract({ hours: 24 }) })
  if (!mayMailNotice(sent)) return false
  const isLast = !(await subscriptionsOf(tx, subscriberId)).some(({ state }) => state === 'active')
  const notice: ChangeNotice = { lines, isLast, by, undo }
  const draft: EditionDraft = {
    template: 'link',
    civilDate: dateAt(app.now()),
    reason: 'change',
    facts: personalFacts('change', { ...notice, ...senderOf(app) }),
    view: (sender) => changeView({ ...sender, ...notice }),
  }
  await mailToReader(app, tx, draft, { subscriberId, reason: 'changed preferences' })
  return true
}

/** What a notice says of a pause until the morning of a date, or of its end; a plan (`isPlan`) says what would be. */
export function pauseLine(until: Temporal.PlainDate | null, isPlan = false): string {
  if (!until) return isPlan ? 'The pause would end.' : 'The pause has ended.'
  return `All mail ${isPlan ? 'would be' : 'is'} paused until the morning of ${longDate(until.toString())}.`
}

/** What a notice says of subscriptions that ended, or a plan of those that would end. */
export async function endedLines(
  tx: Tx,
  ended: Parameters<typeof asRequested>[1][],
  isPlan = false,
): Promise<string[]> {
  const lines: string[] = []
  for (const one of ended) lines.push(await subscriptionWords(tx, isPlan ? 'Would end' : 'Ended', one))
  return lines
}

/** `Ended: a daily digest at 07:00 (Kyiv) on Displacement.` */
export async function subscriptionWords(
  tx: Tx,
  change: 'Added' | 'Changed' | 'Ended' | 'Would change' | 'Would end',
  subscription: Parameters<typeof asRequested>[1],
): Promise<string> {
  const line = subscriptionLine(await asRequested(tx, subscription))
  return `${change}: ${line.charAt(0).toLowerCase()}${line.slice(1)}`
}
