import type { EditionKind } from '../../platform/db/tables/editions.ts'
import type { Withheld } from '../../platform/db/tables/feeds.ts'
import { isolated } from '../../platform/text/direction.ts'
import { longDate } from '../../platform/text/format-instant.ts'
import { shorten } from '../../platform/text/shorten.ts'
import { foreign } from './mail-source.ts'
import { editionLink, type MailLayout, type MailSender, senderFields, siteName } from './mail-view.ts'

/** A mail that told of an item: its kind, and the date in its name, such as 2026-11-24. */
export type MailOfItem = { kind: EditionKind; date: string }

/** What a correction of an item says to readers who got it in the same mails. */
export type ItemCorrectionFacts = MailSender & {
  slug: string
  item: { id: number; title: string; feed: string; withheld: Withheld | null }
  /** The words of the admin. */
  note: string
  /** The mails in which these readers got the item, the first one first. */
  mails: MailOfItem[]
  /** What these mails told of the item, with the language of its report. */
  told: { text: string; language: string | null; isWrong: boolean }[]
  /** Whether the note is about the whole item; if not, about what `isWrong`. */
  isWhole: boolean
}

type Quote = { text: string; lang: string | null }

type ItemCorrectionView = MailLayout & {
  /** The paragraphs of the note. */
  note: string[]
  /** What the note is about, under the heading `wrongTitle`, and what else these mails told of the item. */
  wrong: Quote[]
  wrongTitle: string
  told: Quote[]
  report: string
  link: string
  state: string
}

/** The mail with an admin's correction of an item: what was told, the note, and in which mails it was told. */
export function itemCorrectionView({
  slug,
  item,
  note,
  mails,
  told,
  isWhole,
  ...sender
}: ItemCorrectionFacts): ItemCorrectionView {
  const wrong = isWhole ? told : told.filter(({ isWrong }) => isWrong)
  const title = shorten(item.title, 160) || 'Untitled report'
  const site = siteName(sender.publicUrl)
  const paragraphs = note.split(/\n+/).filter((line) => line.trim() !== '')
  return {
    ...senderFields(sender),
    webCopy: editionLink(sender.publicUrl, slug),
    subject: `Correction: ${shorten(item.title, 90) || 'a report that we mailed you'}`,
    preheader: shorten(paragraphs[0] ?? '', 200),
    kicker: 'Correction',
    headline: 'We mailed you something that was wrong',
    deck: `It was in ${mailsInWords(mails)}.`,
    notice: '',
    note: paragraphs,
    wrong: wrong.map(toQuote),
    wrongTitle: isWhole ? 'What we told you' : 'This was wrong',
    told: told.filter((one) => !wrong.includes(one)).map(toQuote),
    report: `${item.feed}: ${isolated(title)}`,
    link: `${sender.publicUrl}/items/${item.id}`,
    state: item.withheld ? states[item.withheld] : '',
    why: `You get this mail because a mail of ${site} to you told of this report.`,
  }
}

const toQuote = ({ text, language }: { text: string; language: string | null }): Quote => ({
  text: shorten(text, 400),
  lang: foreign(language),
})

const states: Record<Withheld, string> = {
  held: 'We hold this report until it is checked.',
  withdrawn: 'We have withdrawn this report.',
}

/** So many mails are named, the first ones. */
const maxMails = 5

/** `your daily digest of Tuesday, 24 November 2026, and your alert of Monday, 23 November 2026`. */
function mailsInWords(mails: MailOfItem[]): string {
  const named = mails.slice(0, maxMails).map(({ kind, date }) => `your ${names[kind] ?? 'mail'} of ${longDate(date)}`)
  const more = mails.length > maxMails ? [`${mails.length - maxMails} more`] : []
  return [...named, ...more].join(', and ')
}

const names: Partial<Record<EditionKind, string>> = {
  alert: 'alert',
  daily: 'daily digest',
  weekly: 'weekly digest',
  welcome: 'welcome digest',
}
