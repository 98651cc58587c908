import { type ConfirmationView, type MailSender, senderFields, siteName } from './mail-view.ts'

/**
 * What was changed, in sentences, by a reader's link or by an admin; `isLast`: no subscription is left. `undo`: subscriptions ended,
 * and the mail has a link that takes this back.
 */
export type ChangeNotice = { lines: string[]; isLast: boolean; by: 'link' | 'admin'; undo: boolean }

/** The mail that tells a reader what was changed with a link of theirs: a mail with its links may have been forwarded. */
export function changeView({ lines, isLast, by, undo, ...sender }: MailSender & ChangeNotice): ConfirmationView {
  const site = siteName(sender.publicUrl)
  return {
    ...senderFields(sender),
    webCopy: null,
    subject: isLast ? `You are unsubscribed from ${site}` : `Your preferences at ${site} have changed`,
    preheader: lines[0] ?? '',
    kicker: 'Preferences',
    headline: isLast ? 'You are unsubscribed' : 'Your preferences have changed',
    deck: isLast ? 'This is the last mail.' : decks[by],
    notice: '',
    paragraphs: lines,
    ...(undo ? takeBack : wayOn(isLast, sender)),
    after: [
      `${doubts[by]} ${undo ? takenBack : isLast ? 'You can subscribe again.' : 'Open your preferences to change it back.'}`,
    ],
    why:
      by === 'admin'
        ? `You get this mail because an admin of ${site} changed your subscriptions.`
        : `You get this mail because somebody used a link of a mail from ${site} to this address.`,
  }
}

const takeBack = { button: 'Undo', href: null, own: 'undo' } as const
const takenBack = 'For 7 days, the button leads to a page that takes it back.'
const wayOn = (isLast: boolean, { publicUrl }: MailSender) =>
  isLast ? { button: 'Subscribe again', href: `${publicUrl}/` } : { button: 'Open my preferences', href: null }

const decks = {
  link: 'This was changed with a link of one of your mails.',
  admin: 'An admin changed this.',
} satisfies Record<ChangeNotice['by'], string>
const doubts = {
  link: 'If it was not you, somebody has used a link of your mails.',
  admin: 'If you did not ask for it, answer to the contact below.',
} satisfies Record<ChangeNotice['by'], string>
