import { type ConfirmationView, type MailSender, senderFields, siteName } from './mail-view.ts'

/** What a reader's preferences page changed, in sentences; `isLast`: no subscription is left. */
export type ChangeNotice = { lines: string[]; isLast: boolean }

/** The mail that tells a reader what was changed with a link of theirs: a mail with its links may have been forwarded. */
export function changeView({ lines, isLast, ...sender }: MailSender & ChangeNotice): ConfirmationView {
  const site = siteName(sender.publicUrl)
  return {
    ...senderFields(sender),
    webCopy: null,
    subject: isLast ? `You are unsubscribed from ${site}` : `Your preferences at ${site} have changed`,
    preheader: lines[0] ?? '',
    kicker: 'Preferences',
    headline: isLast ? 'You are unsubscribed' : 'Your preferences have changed',
    deck: isLast ? 'This is the last mail.' : 'This was changed on your preferences page.',
    notice: '',
    paragraphs: lines,
    button: isLast ? 'Subscribe again' : 'Open my preferences',
    href: isLast ? `${sender.publicUrl}/` : null,
    after: [
      isLast
        ? 'If it was not you, somebody has used a link of your mails. You can subscribe again.'
        : 'If it was not you, somebody has used a link of your mails. Open your preferences to change it back.',
    ],
    why: `You get this mail because somebody used the preferences link of a mail from ${site} to this address.`,
  }
}
