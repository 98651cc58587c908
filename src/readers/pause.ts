import type { App } from '../app.ts'
import { UserError } from '../platform/user-error.ts'
import { mailNotice, pauseLine } from './notice-of-change.ts'
import { changeByAnyLink, type NoPreferences } from './preferences-link.ts'
import { recordConsent } from './store/consents.ts'
import { setPause } from './store/subscribers.ts'

/** A longer pause is better an end. */
const maxDays = 366

/**
 * Pauses all mail of a reader until the morning of a date, by the clock of `zone`, or ends the pause where there is none. What
 * comes in the meantime is not mailed later.
 * @throws UserError for a date that is past, or more than a year away
 */
export async function pauseMail(
  app: App,
  token: string,
  pause: { until: Temporal.PlainDate; zone: string } | null,
): Promise<{ kind: 'paused'; until: Temporal.Instant | null } | NoPreferences> {
  const until = pause?.until.toZonedDateTime(pause.zone).toInstant() ?? null
  if (until && Temporal.Instant.compare(until, app.now()) <= 0) throw new UserError(past)
  if (until && Temporal.Instant.compare(until, app.now().add({ hours: 24 * maxDays })) > 0) throw new UserError(tooFar)
  return changeByAnyLink(app, token, async (tx, { subscriber: { id } }) => {
    await setPause(tx, id, until)
    const text = pause ? `Paused all mail until ${pause.until}.` : 'Ended the pause of my mail.'
    await recordConsent(tx, { subscriberId: id, kind: 'changed', text, source: 'link', at: app.now() })
    await mailNotice(app, tx, id, [pauseLine(pause?.until ?? null)])
    return { kind: 'paused', until }
  })
}

const past = 'Choose a date after today: mail starts again on its morning.'
const tooFar = 'Choose a date within a year. To get no mail at all, end your subscriptions.'
