import { zoneName } from '../../platform/text/format-instant.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import { listing, siteName } from './frame.ts'
import type { Brand, ConfirmationView, SubscriptionSchedule } from './mail-view.ts'

/** What a confirmation asks for; readers with the same wishes share one edition of it. */
export type RequestedSubscription = { topics: TopicName[]; schedule: SubscriptionSchedule; zone: string }

type Sender = { publicUrl: string; brand: Brand }

/** The mail that asks whether a sign-up was meant. `wishes` may be empty. */
export function confirmationView({
  publicUrl,
  brand,
  wishes = [],
}: Sender & { wishes?: RequestedSubscription[] }): ConfirmationView {
  const site = siteName(publicUrl)
  return {
    ...frame(publicUrl, brand),
    subject: `Confirm your subscription to ${site}`,
    preheader: 'One press, and your first digest is on its way.',
    kicker: 'Please confirm',
    headline: 'One press to subscribe',
    deck: `Somebody, hopefully you, asked ${site} to send reports to this address.`,
    paragraphs: wishes.map(wishLine),
    button: 'Confirm the subscription',
    after: [
      'The link works once, and for seven days.',
      'If it was not you, ignore this mail: without your confirmation nothing more will be sent.',
    ],
    why: 'You get this because your address was entered in the sign-up form.',
  }
}

/** The mail with a fresh link to a reader's preferences. */
export function linkView({ publicUrl, brand }: Sender): ConfirmationView {
  return {
    ...frame(publicUrl, brand),
    subject: `Your preferences at ${siteName(publicUrl)}`,
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

function frame(publicUrl: string, { postalAddress, contact }: Brand) {
  return {
    lang: 'en',
    site: siteName(publicUrl),
    webCopy: null,
    postalAddress: postalAddress ?? null,
    contact,
  } as const
}

/** `A daily digest at 07:00 (Kyiv) on Displacement.` */
function wishLine({ topics, schedule: { cadence, localTime }, zone }: RequestedSubscription): string {
  const when = `${localTime} (${zoneName(zone)})`
  const what = { alert: 'Alerts', daily: `A daily digest at ${when}`, weekly: `A weekly digest on Mondays at ${when}` }
  return `${what[cadence]} on ${listing(topics.map((topic) => topic.name))}.`
}
