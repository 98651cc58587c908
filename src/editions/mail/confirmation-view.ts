import { longDate } from '../../platform/text/format-instant.ts'
import { shorten } from '../../platform/text/shorten.ts'
import type { TopicName } from '../../reading/rules/types.ts'
import {
  type ConfirmationView,
  type MailSender,
  namesOf,
  type SubscriptionSchedule,
  scheduleWords,
  senderFields,
  siteName,
} from './mail-view.ts'

/** A subscription that waits for confirmation; readers who requested the same share one edition. */
export type RequestedSubscription = { topics: TopicName[]; schedule: SubscriptionSchedule; zone: string }

/** The list by which an import brought a reader. `agreed` is the date of the list, where it names one; dates are 2026-11-23. */
export type ImportedList = { name: string; agreed: string | null; imported: string }

/** The mail that asks a reader to confirm what was requested in the sign-up form, or by an import; `requested` may be empty. */
export function confirmationView({
  requested = [],
  list,
  ...sender
}: MailSender & { requested?: RequestedSubscription[]; list?: ImportedList | undefined }): ConfirmationView {
  const site = siteName(sender.publicUrl)
  const words = list ? importedWords(list, site) : requestedWords(site)
  return {
    ...senderFields(sender),
    webCopy: null,
    subject: `Confirm your subscription to ${site}`,
    preheader: 'Confirm your address to get your first digest.',
    kicker: 'Please confirm',
    headline: 'Confirm your subscription',
    deck: words.deck,
    notice: '',
    paragraphs: requested.map(subscriptionLine),
    button: 'Confirm subscription',
    href: null,
    after: ['The link works once and expires after 7 days.', words.otherwise],
    why: words.why,
  }
}

const requestedWords = (site: string) => ({
  deck: `Somebody requested a subscription to ${site} for this address. If it was you, please confirm.`,
  otherwise: 'If it was not you, ignore this mail. You will not be subscribed.',
  why: `You get this mail because somebody requested a subscription to ${site} for this address.`,
})

function importedWords({ name, agreed, imported }: ImportedList, site: string) {
  const list = `the list “${shorten(name, 100)}”${agreed ? ` of ${dateOf(agreed)}` : ''}`
  const brought = `${site} imported this list on ${dateOf(imported)}.`
  return {
    deck: `You are on ${list}. ${brought} If you want the mails below, please confirm.`,
    otherwise: 'If you do not want them, ignore this mail. You will not be subscribed.',
    why: `You get this mail because you are on ${list}. ${brought}`,
  }
}

/** `23 November 2026`, of a civil date. */
const dateOf = (civilDate: string): string => longDate(civilDate).replace(/^\S+ /, '')

/** The mail with a fresh link to a reader's preferences. */
export function linkView(sender: MailSender): ConfirmationView {
  const site = siteName(sender.publicUrl)
  return {
    ...senderFields(sender),
    webCopy: null,
    subject: `Your preferences at ${site}`,
    preheader: 'This mail has the link to your preferences.',
    kicker: 'Preferences',
    headline: 'Your preferences',
    deck: 'Open your preferences to change your topics, how often mail comes, and at what time.',
    notice: '',
    paragraphs: [],
    button: 'Open my preferences',
    href: null,
    after: [
      'The link expires after 30 days. Anyone who has it can change your subscriptions, so do not forward this mail.',
      'Nothing has changed yet. To add or change a subscription, open your preferences. Otherwise, ignore this mail.',
    ],
    why: `You get this mail because somebody entered this address in a form of ${site}. The address already has a subscription.`,
  }
}

/** The same for who asked for it on the page of one subscription: nobody entered an address there. */
export function wholeLinkView(sender: MailSender): ConfirmationView {
  const site = siteName(sender.publicUrl)
  return {
    ...linkView(sender),
    why: `You get this mail because somebody asked for it on a page that a link in a mail from ${site} to this address opens.`,
  }
}

/** The mail with a link to what is kept of a reader who has no subscription any more. */
export function dataLinkView(sender: MailSender): ConfirmationView {
  const site = siteName(sender.publicUrl)
  return {
    ...linkView(sender),
    subject: `Your data at ${site}`,
    preheader: 'This mail has the link to what is kept about you.',
    kicker: 'Your data',
    headline: 'Your data',
    deck: 'You have no subscription any more. The link leads to what is kept about you, and to a form that erases it.',
    button: 'See my data',
    after: [
      'The link expires after 30 days. Anyone who has it can see your data, so do not forward this mail.',
      'Nothing has changed yet. If you did not ask for this, ignore this mail.',
    ],
    why: `You get this mail because somebody entered this address in a form of ${site}. The address had a subscription before.`,
  }
}

/** `A daily digest at 07:00 (Kyiv) on Displacement.` */
export function subscriptionLine({ topics, schedule, zone }: RequestedSubscription): string {
  const words = `${scheduleWords(schedule, zone)} on ${namesOf(topics)}.`
  return words.charAt(0).toUpperCase() + words.slice(1)
}
