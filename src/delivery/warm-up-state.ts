import type { App } from '../app.ts'
import { countReaders } from '../readers/store/subscribers.ts'
import { warmUpDay, warmUpDays, warmUpFits } from './rules/warm-up.ts'
import { warmUpFigures } from './store/warm-up-days.ts'

/** How the warm-up of the sending domain stands, in a sentence; `needsPerson` when mails did not find room. Undefined without one. */
export async function warmUpState(
  app: App,
): Promise<{ say: string; waits: boolean; needsPerson: boolean } | undefined> {
  const { sendWarmup: firstDay } = app.config
  if (!firstDay) return undefined
  const now = app.now()
  const day = warmUpDay(firstDay, now)
  if (!day) return { say: 'its schedule is over; SEND_WARMUP can be removed', waits: false, needsPerson: false }
  const figures = await warmUpFigures(app.db, day.date, now.subtract({ hours: 24 * 7 }))
  const { active } = await countReaders(app.db)
  const parts = [
    `day ${day.n + 1} of ${warmUpDays}: ${figures.sent} of ${day.share} mails have left today (UTC)`,
    figures.waiting ? `${figures.waiting} wait for another day` : '',
    figures.crowdedOut
      ? `${figures.crowdedOut} found no room within a week and failed; send them again with \`sitrep resend EDITION --failed\``
      : '',
    active > day.share ? `a mail to each of the ${active} readers fits from ${warmUpFits(firstDay, active)} on` : '',
  ]
  return {
    say: parts.filter(Boolean).join('; '),
    waits: figures.waiting > 0,
    needsPerson: figures.crowdedOut > 0,
  }
}
