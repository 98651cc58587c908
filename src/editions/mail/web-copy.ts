import type { Withheld } from '../../platform/db/tables/feeds.ts'
import { escapeHtml } from '../../platform/text/escape-html.ts'
import { dateAt } from '../../platform/text/format-instant.ts'
import { fillPlaceholders, type Placeholder } from './placeholders.ts'

/**
 * The frozen HTML without a reader: its personal links lead to the public page that mails a fresh link, and it does not say
 * what its readers chose. As a page it has a main landmark, which a mail has not: mail programs show a mail inside their own.
 */
export function forWeb(html: string, publicUrl: string): string {
  const values: Record<Placeholder, string> = {
    unsubscribe: `${publicUrl}/preferences`,
    preferences: `${publicUrl}/preferences`,
    confirm: `${publicUrl}/`,
    mute: `${publicUrl}/preferences`,
    label: `${publicUrl}/wrong`,
    takeAddress: `${publicUrl}/preferences`,
    keepAddress: `${publicUrl}/preferences`,
    undo: `${publicUrl}/preferences`,
    address: 'all readers of this edition',
  }
  return fillPlaceholders(asMain(html.replace(choices, '')), values, 'html')
}

const asMain = (html: string): string => html.replace(/<body[^>]*>/i, '$&<main>').replace(/<\/body>/i, '</main>$&')

/** What templates mark as the words about its readers' choices; they may have a link in them. */
const choices = /<span class="own">(?:[^<]|<\/?a\b[^>]*>)*<\/span>/g

/** A takeaway as it was mailed, and what has changed in its report since. */
export type ChangedTakeaway = {
  text: string
  title: string
  titleNow: string
  at: Temporal.Instant
  url: string | null
  /** Whether the report still has the takeaway in the same words. */
  textKept: boolean
}

/** An item of a mail that an admin holds or has withdrawn since; `reason` is told of a withdrawn one only. */
export type WithheldReport = { title: string; withheld: Withheld; reason: string; at: Temporal.Instant }

/** A report of a mail that an admin corrected since. */
export type CorrectedReport = { title: string; note: string; at: Temporal.Instant }

/** What has changed in a mail's reports since it was sent. */
type ChangedSince = { changes: ChangedTakeaway[]; withheld?: WithheldReport[]; corrected?: CorrectedReport[] }

/** The web copy with a note on top that lists what changed in its reports, and which were corrected or are withheld; unchanged when nothing did. */
export function withChangesNoted(html: string, { changes, withheld = [], corrected = [] }: ChangedSince): string {
  if (changes.length + withheld.length + corrected.length === 0) return html
  const lines = [...corrected.map(correctedSentence), ...withheld.map(withheldSentence), ...changes.map(sentence)]
    .map((line) => `<li>${line}</li>`)
    .join('')
  const note = `<div role="note" style="max-width:600px;margin:16px auto;padding:12px 16px;border:1px solid #8a5a00;background:#fff6e0;color:#3d2a00;font:15px/1.5 sans-serif"><strong>Changes since this mail was sent</strong><ul style="margin:8px 0 0;padding-left:20px">${lines}</ul></div>`
  return html.replace(/<body[^>]*>(?:<main>)?/i, (begin) => begin + note)
}

function correctedSentence({ title, note, at }: CorrectedReport): string {
  return `Corrected on ${dateAt(at)}, the report “${escapeHtml(title)}”: ${escapeHtml(note)}`
}

function withheldSentence({ title, withheld, reason, at }: WithheldReport): string {
  const report = `we ${withheld === 'held' ? 'hold' : 'withdrew'} the report “${escapeHtml(title)}”`
  return `${dateAt(at)}: ${report}${withheld === 'held' ? ', to check it.' : `: ${escapeHtml(reason)}`}`
}

function sentence({ text, title, titleNow, at, textKept, url }: ChangedTakeaway): string {
  const day = dateAt(at)
  const report = url
    ? `<a href="${escapeHtml(url)}" style="color:#3d2a00">${escapeHtml(titleNow)}</a>`
    : escapeHtml(titleNow)
  const renamed = title === titleNow ? '' : `the report “${escapeHtml(title)}” is now called ${report}`
  const reworded = textKept
    ? ''
    : `the takeaway “${escapeHtml(text)}” is no longer in ${renamed ? 'the report' : report}`
  return `${day}: ${[renamed, reworded].filter(Boolean).join(', and ')}.`
}
