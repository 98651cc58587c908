import { htmlBytes } from '../../platform/text/escape-html.ts'
import { shorten } from '../../platform/text/shorten.ts'
import { compareTexts } from '../../reading/rules/edits/compare-texts.ts'
import type { MatchedTakeaway } from './dedupe.ts'
import { foreign, type MailContext, toSource } from './mail-item.ts'
import type { CorrectionLine, Corrections } from './mail-view.ts'

/** A takeaway that readers were told, and how its report says it now; null when the report no longer says it. */
export type ChangedFact = { was: MatchedTakeaway; now: MatchedTakeaway | null }

/**
 * A changed fact that its readers must know. `updated`: a figure rose, or facts were added. `corrected`: a figure or a fact
 * is another. `withdrawn`: the report no longer says it.
 */
export type Correction = ChangedFact & { kind: 'updated' | 'corrected' | 'withdrawn' }

const maxLines = 30
const maxTextLength = 400
/** Bytes of the tags and styles of one correction. */
const markupBytes = 900

/** What readers must be told of changed facts: nothing where the report says again what they were told. */
export function correctionsOf(facts: ChangedFact[]): Correction[] {
  return facts.flatMap((fact): Correction[] => {
    if (!fact.now) return [{ ...fact, kind: 'withdrawn' }]
    const change = compareTexts(fact.was.text, fact.now.text)
    return change === 'carried' ? [] : [{ ...fact, kind: change === 'updated' ? 'updated' : 'corrected' }]
  })
}

/** The takeaways of a mail without those that its corrections tell, and without those in `told`, by lineage. */
export function withoutTold(
  takeaways: MatchedTakeaway[],
  corrections: Correction[],
  told: (takeaway: MatchedTakeaway) => boolean,
): MatchedTakeaway[] {
  const corrected = new Set(corrections.map(({ was }) => was.lineage))
  return takeaways.filter((takeaway) => !corrected.has(takeaway.lineage) && !told(takeaway))
}

/** The takeaways that a mail tells, and those of earlier mails that it corrects, as facts of its edition. */
export function toldBy(takeaways: MatchedTakeaway[], corrections: Correction[]) {
  const now = corrections.flatMap((correction) => correction.now ?? [])
  const ids = [...takeaways, ...now].map(({ id }) => id)
  return { takeaways: ids, ...(corrections.length && { corrected: corrections.map(({ was }) => was.id) }) }
}

/** The corrections as a mail shows them. */
export function toCorrections(corrections: Correction[], context: MailContext): Corrections {
  const lines = corrections.slice(0, maxLines).map((correction) => toLine(correction, context))
  return { lines, more: corrections.length - lines.length }
}

/** The bytes of HTML that corrections take, at most. */
export function correctionBytes({ lines }: Corrections): number {
  return lines.reduce(
    (sum, { now, was, source, readingPage }) =>
      sum + markupBytes + htmlBytes(now, was, source.feed, source.title, source.link, readingPage),
    0,
  )
}

/** The first words of a correction, for a subject: `Corrected: the takeaway as it is now`. */
export function correctionSubject({ kind, was, now }: Correction, length: number): string {
  if (!now) return `Corrected: no longer in the report: “${shorten(was.text, length - 25)}”`
  return `${kind === 'updated' ? 'Updated' : 'Corrected'}: ${shorten(now.text, length)}`
}

/** An old figure is quoted only where it was wrong: an update tells the new one alone. */
function toLine({ kind, was, now }: Correction, context: MailContext): CorrectionLine {
  const shown = now ?? was
  return {
    label: kind === 'updated' ? 'Updated' : 'Corrected',
    now: now ? shorten(now.text, maxTextLength) : null,
    was: kind === 'updated' ? null : shorten(was.text, maxTextLength),
    lang: foreign(shown.feed.language),
    source: toSource(shown, context),
    readingPage: `${context.publicUrl}/items/${shown.item.id}`,
  }
}
