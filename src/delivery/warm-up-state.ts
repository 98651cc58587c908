import type { App } from '../app.ts'
import { plural } from '../platform/text/plural.ts'
import { countReaders } from '../readers/store/subscribers.ts'
import { warmUpDay, warmUpDays, warmUpFits } from './rules/warm-up.ts'
import { warmUpFigures } from './store/warm-up-days.ts'

/**
 * The state of the sending domain's warm-up in words; undefined when SEND_WARMUP is not set. `waits`: mails wait for
 * another day. `needsPerson`: mails failed because they waited too long, and somebody must send them again.
 */
export async function warmUpState(
  app: App,
): Promise<{ say: string; waits: boolean; needsPerson: boolean } | undefined> {
  const { sendWarmup: firstDay } = app.config
  if (!firstDay) return undefined
  const now = app.now()
  const day = warmUpDay(firstDay, now)
  if (!day) return { say: 'its schedule is over; SEND_WARMUP can be removed', waits: false, needsPerson: false }
  const { sent, waiting, failed } = await warmUpFigures(app.db, day.date, now.subtract({ hours: 24 * 7 }))
  const { active } = await countReaders(app.db)
  const parts = [
    `day ${day.n + 1} of ${warmUpDays}: ${sent} of ${day.share} mails have left today (UTC)`,
    waiting ? `${plural(waiting, 'mail')} due on another day` : '',
    failed
      ? `${plural(failed, 'mail')} failed within a week, because no day had a place; send again with \`sitrep resend EDITION --failed\``
      : '',
    active > day.share ? `a mail to each of the ${active} readers fits from ${warmUpFits(firstDay, active)} on` : '',
  ]
  return { say: parts.filter(Boolean).join('; '), waits: waiting > 0, needsPerson: failed > 0 }
}
