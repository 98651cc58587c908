import { htmlBytes } from '../../platform/text/escape-html.ts'
import { longDate } from '../../platform/text/format-instant.ts'
import { lettersOf } from '../../platform/text/letters-of.ts'
import { shorten } from '../../platform/text/shorten.ts'
import { compareOverEdits, compareTitles, replacesFigures } from '../../reading/rules/edits/compare-texts.ts'
import { tellsSecondMatter } from '../rules/other-matter.ts'
import { foreign, type MailContext, toSource } from './mail-source.ts'
import type { CorrectionLine, Corrections, NoteLine } from './mail-view.ts'
import type { MatchedTakeaway } from './matched-takeaway.ts'
import { stripPlaceholders } from './placeholders.ts'
import { sum } from './size-budget.ts'

/**
 * A takeaway that readers were told, and how its report says it now; null when the report no longer says it. `titleWas` is
 * the title of the report when they were told.
 */
export type ChangedFact = { was: MatchedTakeaway; titleWas: string; now: MatchedTakeaway | null }

/**
 * What readers must know of a changed fact. `updated`: a figure rose, or facts were added. `corrected`: a figure or a fact is
 * another. `withdrawn`: the report no longer says it, and `text` is null.
 */
export type Correction = {
  kind: 'updated' | 'corrected' | 'withdrawn'
  was: MatchedTakeaway
  /** The takeaway that says it now; null where none does. */
  now: MatchedTakeaway | null
  /** What they were told, and what they are told now: a takeaway, its quotation, or the title above it. */
  textWas: string
  text: string | null
  /** The ids of the takeaways that are told with it. */
  tells: number[]
}

/** Bytes of HTML for corrections. */
const maxBytes = 25_000
const maxTextLength = 400
/** Bytes of the tags and styles of one correction. */
const markupBytes = 900

/** What readers must be told of changed facts: nothing where the report says again what they were told. */
export function correctionsOf(facts: ChangedFact[]): Correction[] {
  const ofTakeaways = facts.flatMap(({ was, now }): Correction[] => {
    if (!now) return [{ kind: 'withdrawn', was, now, textWas: was.text, text: null, tells: [] }]
    const change = changeOf(was, now)
    return change ? [{ ...change, was, now, tells: [now.id] }] : []
  })
  return [...ofTakeaways, ...titleCorrections(facts, ofTakeaways)]
}

/** What changed in a takeaway: its own words, or the figures of a quotation that tells its first matter. */
function changeOf(
  was: MatchedTakeaway,
  now: MatchedTakeaway,
): Pick<Correction, 'kind' | 'textWas' | 'text'> | undefined {
  const kind = compareOverEdits(was.text, now.text)
  if (kind !== 'carried') return { kind, textWas: was.text, text: now.text }
  const [quoteWas, quote] = [was.evidence[0]?.quote ?? '', now.evidence[0]?.quote ?? '']
  if (!replacesFigures(quoteWas, quote) || tellsSecondMatter(now.text, quote)) return undefined
  const ofQuote = compareOverEdits(quoteWas, quote)
  return ofQuote === 'carried' ? undefined : { kind: ofQuote, textWas: quoteWas, text: quote }
}

/** One correction for each report whose title has other figures, unless one of its takeaways tells the same. */
function titleCorrections(facts: ChangedFact[], told: Correction[]): Correction[] {
  const changed = facts.flatMap(({ was, titleWas, now }) => {
    const kind = now ? compareTitles(titleWas, now.item.title) : undefined
    const isTold = told.some(({ text, tells }) => tells.includes(now?.id ?? 0) || text === now?.item.title)
    return !now || !kind || isTold ? [] : [{ kind, was, textWas: titleWas, now }]
  })
  return [...Map.groupBy(changed, ({ was }) => was.item.id).values()].flatMap((ofItem) => {
    const [first] = ofItem
    if (!first) return []
    return [{ ...first, text: first.now.item.title, tells: ofItem.map((each) => each.now.id) }]
  })
}

/**
 * The corrections of a mail without those that only add to what its readers know, such as a toll that rose, where one of the
 * `takeaways` of the mail tells it in its own words in its story; `added` are the lineages of these.
 */
export function withoutAdditions(
  corrections: Correction[],
  takeaways: MatchedTakeaway[],
): { corrections: Correction[]; added: Set<number> } {
  const inMail = new Set(takeaways.map(({ id }) => id))
  const adds = ({ kind, now, text }: Correction) =>
    kind === 'updated' && now !== null && inMail.has(now.id) && text === now.text
  return {
    corrections: corrections.filter((each) => !adds(each)),
    added: new Set(corrections.filter(adds).map(({ was }) => was.lineage)),
  }
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

/** The takeaways that a mail tells, those of earlier mails that it corrects, and the notes that it has, as facts of its edition. */
export function toldBy(takeaways: MatchedTakeaway[], corrections: Correction[]) {
  const ids = [...takeaways.map(({ id }) => id), ...corrections.flatMap(({ tells }) => tells)]
  const noted = takeaways.flatMap(({ item }) => item.corrections ?? []).map(({ id }) => id)
  return {
    takeaways: ids,
    ...(corrections.length && { corrected: corrections.map(({ was }) => was.id) }),
    ...(noted.length && { noted: [...new Set(noted)] }),
  }
}

/** The corrections of a mail and the notes on what it tells, as many as fit into their part of the size budget. */
export function toCorrections(
  corrections: Correction[],
  context: MailContext,
  told: MatchedTakeaway[] = [],
): Corrections {
  let bytes = 0
  const lines: CorrectionLine[] = []
  for (const correction of corrections) {
    const line = toLine(correction, context)
    bytes += bytesOf(line)
    if (bytes > maxBytes) break
    lines.push(line)
  }
  const changed = corrections.map(({ was, now }) => now ?? was)
  return { lines, more: corrections.length - lines.length, notes: notesOn([...told, ...changed], context) }
}

/** The bytes of HTML that corrections take, at most. */
export function correctionBytes({ lines, notes }: Corrections): number {
  const ofNotes = notes.map(
    ({ note, feed, title, readingPage }) => markupBytes + htmlBytes(note, feed, title, readingPage),
  )
  return sum([...lines.map(bytesOf), ...ofNotes])
}

/** The claims of stories, whose notes a mail has. */
export const claimsIn = (stories: { claims: MatchedTakeaway[] }[]): MatchedTakeaway[] =>
  stories.flatMap(({ claims }) => claims)

/** So many notes a mail has, the newest. */
const maxNotes = 5

/** The notes of admins on what a mail tells, the newest first, each once. */
function notesOn(told: MatchedTakeaway[], context: MailContext): NoteLine[] {
  const notes = new Map(
    told.flatMap((takeaway) => (takeaway.item.corrections ?? []).map((one) => [one.id, { one, takeaway }])),
  )
  const newest = [...notes.values()].toSorted((a, b) => b.one.id - a.one.id).slice(0, maxNotes)
  return newest.map(({ one, takeaway }) => {
    const { feed, title, lang } = toSource(takeaway, context)
    const day = longDate(one.at.toZonedDateTimeISO(context.zone).toPlainDate().toString())
    const readingPage = `${context.publicUrl}/items/${takeaway.item.id}`
    return { day, note: stripPlaceholders(shorten(one.note, maxTextLength)), feed, title, lang, readingPage }
  })
}

function bytesOf({ now, was, source, readingPage }: CorrectionLine): number {
  return markupBytes + htmlBytes(now, was, source.feed, source.title, source.link, readingPage)
}

/** The first words of a correction, for a subject: `Corrected: the takeaway as it is now`. */
export function correctionSubject({ kind, textWas, text }: Correction, length: number): string {
  if (text === null) return `Corrected: no longer in the report: “${shorten(textWas, length - 25)}”`
  return `${labels[kind]}: ${shorten(text, length)}`
}

const labels = { updated: 'Update', corrected: 'Corrected', withdrawn: 'Corrected' } as const

/** An old figure is quoted only where it was wrong: an update tells the new one alone. */
function toLine({ kind, was, now, textWas, text }: Correction, context: MailContext): CorrectionLine {
  const source = toSource(now ?? was, context)
  const isTitle = text !== null && lettersOf(text) === lettersOf(source.title)
  return {
    label: labels[kind],
    now: text === null ? null : shorten(text, maxTextLength),
    was: kind === 'updated' ? null : shorten(textWas, maxTextLength),
    lang: foreign(was.item.language),
    source: isTitle ? { ...source, title: 'The report' } : source,
    readingPage: `${context.publicUrl}/items/${was.item.id}`,
  }
}
