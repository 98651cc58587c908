import { type ConfirmationView, type MailSender, senderFields, siteName } from './mail-view.ts'

/** What was changed, in sentences, by a reader's link or by an admin; `isLast`: no subscription is left. */
export type ChangeNotice = { lines: string[]; isLast: boolean; by: 'link' | 'admin' }

/** The mail that tells a reader what was changed with a link of theirs: a mail with its links may have been forwarded. */
export function changeView({ lines, isLast, by, ...sender }: MailSender & ChangeNotice): ConfirmationView {
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
    button: isLast ? 'Subscribe again' : 'Open my preferences',
    href: isLast ? `${sender.publicUrl}/` : null,
    after: [`${doubts[by]} ${isLast ? 'You can subscribe again.' : 'Open your preferences to change it back.'}`],
    why:
      by === 'admin'
        ? `You get this mail because an admin of ${site} changed your subscriptions.`
        : `You get this mail because somebody used the preferences link of a mail from ${site} to this address.`,
  }
}

const decks = {
  link: 'This was changed on your preferences page.',
  admin: 'An admin changed this.',
} satisfies Record<ChangeNotice['by'], string>
const doubts = {
  link: 'If it was not you, somebody has used a link of your mails.',
  admin: 'If you did not ask for it, answer to the contact below.',
} satisfies Record<ChangeNotice['by'], string>
