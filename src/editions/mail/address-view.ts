import { type ConfirmationView, type MailSender, senderFields, siteName } from './mail-view.ts'

/** The mail to the new address of a reader: only who reads it can confirm it. */
export function newAddressView(sender: MailSender): ConfirmationView {
  const site = siteName(sender.publicUrl)
  return {
    ...senderFields(sender),
    webCopy: null,
    subject: `Confirm this address for ${site}`,
    preheader: 'Confirm that your mail is to come to this address.',
    kicker: 'Change of address',
    headline: 'Confirm your new address',
    deck: `Somebody who reads ${site} wants to get its mail at this address. If it was you, please confirm.`,
    notice: '',
    paragraphs: [],
    button: 'Confirm this address',
    href: null,
    own: 'takeAddress',
    after: ['The link expires after 7 days.', 'If it was not you, ignore this mail. You will get no other.'],
    why: `You get this mail because somebody entered this address on a preferences page of ${site}.`,
  }
}

/** The mail to the old address: it can agree, so that the change is made at once, or cancel it. */
export function oldAddressView(sender: MailSender): ConfirmationView {
  const site = siteName(sender.publicUrl)
  return {
    ...senderFields(sender),
    webCopy: null,
    subject: `Is your address at ${site} to change?`,
    preheader: 'Somebody entered another address on your preferences page. You can cancel this for 7 days.',
    kicker: 'Change of address',
    headline: 'Your mail is to go to another address',
    deck: 'Somebody entered another address on your preferences page. It may have been you.',
    notice: '',
    paragraphs: ['Until the change is made, your mail comes to this address.'],
    button: 'Agree or cancel',
    href: null,
    own: 'keepAddress',
    after: [
      'If you agree, the change is made as soon as the new address is confirmed.',
      'If you do nothing, it is made 7 days after the request, if the new address is confirmed.',
      'If it was not you, cancel it: that also makes the links to your preferences in earlier mails void.',
    ],
    why: `You get this mail because somebody used the preferences link of a mail from ${site} to this address.`,
  }
}
