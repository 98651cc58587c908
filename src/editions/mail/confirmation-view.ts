import { zoneName } from '../../platform/text/format-instant.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import {
  type ConfirmationView,
  type MailSender,
  namesOf,
  type SubscriptionSchedule,
  senderFields,
  siteName,
} from './mail-view.ts'

/** A subscription that waits for confirmation; readers who requested the same share one edition. */
export type RequestedSubscription = { topics: TopicName[]; schedule: SubscriptionSchedule; zone: string }

/** The mail that asks a reader to confirm what was requested in the sign-up form; `requested` may be empty. */
export function confirmationView({
  requested = [],
  ...sender
}: MailSender & { requested?: RequestedSubscription[] }): ConfirmationView {
  const site = siteName(sender.publicUrl)
  return {
    ...senderFields(sender),
    webCopy: null,
    subject: `Confirm your subscription to ${site}`,
    preheader: 'One press, and your first digest is on its way.',
    kicker: 'Please confirm',
    headline: 'One press to subscribe',
    deck: `Somebody, hopefully you, asked ${site} to send reports to this address.`,
    paragraphs: requested.map(subscriptionLine),
    button: 'Confirm the subscription',
    after: [
      'The link works once, and for seven days.',
      'If it was not you, ignore this mail: without your confirmation nothing more will be sent.',
    ],
    why: 'You get this because your address was entered in the sign-up form.',
  }
}

/** The mail with a fresh link to a reader's preferences. */
export function linkView(sender: MailSender): ConfirmationView {
  return {
    ...senderFields(sender),
    webCopy: null,
    subject: `Your preferences at ${siteName(sender.publicUrl)}`,
    preheader: 'The link to change what you get, and when.',
    kicker: 'Your link',
    headline: 'Change what you get',
    deck: 'Topics, days and hours: this link opens your preferences.',
    paragraphs: [],
    button: 'Open my preferences',
    after: [
      'The link works for 30 days. Whoever has it can change your subscription, so do not pass it on.',
      'If you did not ask for it, ignore this mail: nothing has changed.',
    ],
    why: 'You get this because a link was asked for at this address.',
  }
}

/** `A daily digest at 07:00 (Kyiv) on Displacement.` */
function subscriptionLine({ topics, schedule: { cadence, localTime }, zone }: RequestedSubscription): string {
  const when = `${localTime} (${zoneName(zone)})`
  const what = { alert: 'Alerts', daily: `A daily digest at ${when}`, weekly: `A weekly digest on Mondays at ${when}` }
  return `${what[cadence]} on ${namesOf(topics)}.`
}
