import {
  compareOutlines,
  folded,
  likeness,
  minAlike,
  outlineOf,
  replacesFigures,
  type TextOutline,
} from './compare-texts.ts'

/**
 * A takeaway of the earlier revisions of an item, with the quotation of its evidence. It is `current` while the newest
 * revision that was read holds it.
 */
export type KnownTakeaway = { id: number; text: string; quote: string; current: boolean }

/** The revision before an edit, with the takeaways of all revisions up to it, in their order. */
export type Before = { title: string; text: string; takeaways: KnownTakeaway[] }
/** The revision that an edit made. */
export type After = { title: string; text: string; takeaways: { text: string; quote: string }[] }

/**
 * What a takeaway of an edit is. `carried`: the same as an earlier one. `changed`: its figures or facts are others, or the
 * figures of its quotation are.
 * `returned`: an earlier revision had it, the last one did not. `known`: the last revision held the sentence, but it was
 * no takeaway. Only changed, returned and new ones are news.
 */
export type Found = { kind: 'carried' | 'changed' | 'returned'; from: number } | { kind: 'known' } | { kind: 'new' }

/**
 * What became of a takeaway that no takeaway of the edit continues. `kept`: the text still holds it. `withdrawn`: the
 * report no longer says it. `gone`: the page moved on to other news, or was given in short; it was not wrong.
 */
export type Fate = 'kept' | 'withdrawn' | 'gone'

/** `found` has what each takeaway of the edit is, in their order; `lost` has the rest of the current ones, by id. */
export type Edit = { found: Found[]; lost: Map<number, Fate> }

/** Longer texts are compared up to here, in characters. */
const maxTextLength = 300_000
/** So many takeaways without an equal are compared. Of longer lists the rest is neither news nor withdrawn. */
const maxCompared = 80

/** Pairs the takeaways of an edit with those of the revision before. */
export function compareTakeaways(before: Before, after: After): Edit {
  const current = before.takeaways.filter((takeaway) => takeaway.current)
  const texts = { before: padded(before), after: padded(after) }
  const found: (Found | undefined)[] = after.takeaways.map(() => undefined)
  const open = new Map(current.map((takeaway) => [takeaway.id, takeaway]))
  pairEqual(found, open, after)
  pairAlike(found, open, after, texts.before)
  const ended = before.takeaways.filter((takeaway) => !takeaway.current)
  const endedIds = new Map(ended.map(({ id, text }) => [folded(text), id]))
  let compared = 0
  const quotes = new Map(current.map(({ id, quote }) => [id, quote]))
  const all = found.map((pair, index): Found => {
    if (pair) return withQuotation(pair, quotes, after.takeaways[index]!.quote)
    const text = folded(after.takeaways[index]!.text)
    if (++compared > maxCompared || holds(texts.before, text)) return { kind: 'known' }
    const from = endedIds.get(text)
    return from === undefined ? { kind: 'new' } : { kind: 'returned', from }
  })
  return { found: all, lost: fatesOf(before, after, { found: all, open, current, text: texts.after }) }
}

/** A takeaway in the same words is another fact where its quotation has other figures: "Families flee", and how many. */
function withQuotation(found: Found, quotes: Map<number, string>, quote: string): Found {
  if (found.kind !== 'carried') return found
  const was = quotes.get(found.from) ?? ''
  return replacesFigures(was, quote) ? { kind: 'changed', from: found.from } : found
}

function pairEqual(found: (Found | undefined)[], open: Map<number, KnownTakeaway>, after: After): void {
  const byText = Map.groupBy(open.values(), ({ text }) => folded(text))
  for (const [index, { text }] of after.takeaways.entries()) {
    const equal = byText.get(folded(text))?.shift()
    if (!equal) continue
    found[index] = { kind: 'carried', from: equal.id }
    open.delete(equal.id)
  }
}

/** Pairs what is most alike first. A sentence that stood in the last revision already did not change. */
function pairAlike(
  found: (Found | undefined)[],
  open: Map<number, KnownTakeaway>,
  after: After,
  textBefore: string,
): void {
  const earlier = [...open.values()].slice(0, maxCompared).map((each) => ({ ...each, outline: outlineOf(each.text) }))
  const indexes = found.flatMap((pair, index) => (pair ? [] : [index])).slice(0, maxCompared)
  const pairs = indexes.flatMap((index) => {
    const { text } = after.takeaways[index]!
    const outline = outlineOf(text)
    const isKnown = holds(textBefore, folded(text))
    return earlier.flatMap(({ id, outline: was }) => {
      const change = compareOutlines(was, outline)
      if (change === 'unlike' || (isKnown && change !== 'carried')) return []
      const kind = change === 'carried' ? ('carried' as const) : ('changed' as const)
      return [{ index, id, kind, likeness: likeness(was, outline) + (kind === 'carried' ? 1 : 0) }]
    })
  })
  for (const { index, id, kind } of pairs.sort((a, b) => b.likeness - a.likeness)) {
    if (found[index] || !open.has(id)) continue
    found[index] = { kind, from: id }
    open.delete(id)
  }
}

type Pairing = { found: Found[]; open: Map<number, KnownTakeaway>; current: KnownTakeaway[]; text: string }

function fatesOf(before: Before, after: After, pairing: Pairing): Map<number, Fate> {
  const { open, text } = pairing
  if (open.size === 0) return new Map()
  const rest = [...open.values()]
  const lost = rest.slice(0, maxCompared).filter(({ text: words }) => !holds(text, folded(words)))
  const fates = new Map(rest.map(({ id }, index): [number, Fate] => [id, index < maxCompared ? 'kept' : 'gone']))
  const isWithdrawal = hasCorrection(before, after) || isPureRemoval(before, after, pairing, lost)
  const oldTitle = isOtherTitle(before, after) ? outlineOf(before.title) : undefined
  const sentences = isWithdrawal && lost.length > 0 ? outlinesIn(after.text) : []
  for (const takeaway of lost) {
    const outline = outlineOf(takeaway.text)
    const wasTitle = oldTitle !== undefined && likeness(oldTitle, outline) >= sameTitle
    const isRetold = sentences.some((sentence) => compareOutlines(outline, sentence.outline) === 'carried')
    fates.set(takeaway.id, !isWithdrawal || wasTitle || isRetold ? 'gone' : 'withdrawn')
  }
  return fates
}

const sameTitle = 0.8

/** A text that begins to speak of a correction withdraws what it no longer says. */
function hasCorrection(before: Before, after: After): boolean {
  return saysCorrection.test(after.text) && !saysCorrection.test(before.text)
}

/**
 * Whether an edit only took something away. One that also brings something new, be it no takeaway, may be a page that moved on,
 * or a text that was rewritten: what it no longer says was not wrong.
 */
function isPureRemoval(before: Before, after: After, { found, current }: Pairing, lost: KnownTakeaway[]): boolean {
  if (isOtherTitle(before, after) || isShortened(before.text, after.text)) return false
  if (lost.length === 0 || lost.length === current.length) return false
  return found.every(({ kind }) => kind === 'carried') && !bringsSentence(before, after)
}

/** Whether a text has a sentence that the one before told in no words. Where many are in other words, the text was rewritten. */
function bringsSentence(before: Before, after: After): boolean {
  const known = padded(before)
  const fresh = outlinesIn(after.text).filter(({ text }) => folded(text) !== '' && !holds(known, folded(text)))
  if (fresh.length === 0 || fresh.length > maxRewritten) return fresh.length > 0
  const sentences = outlinesIn(before.text)
  return fresh.some(({ outline }) => sentences.every((was) => compareOutlines(was.outline, outline) !== 'carried'))
}

/** So many sentences in other words are compared with those before. */
const maxRewritten = 20

function isOtherTitle(before: Before, after: After): boolean {
  if (!before.title || !after.title) return false
  return likeness(outlineOf(before.title), outlineOf(after.title)) < minAlike
}

const saysCorrection =
  /\b(?:corrections?|corrected|clarification|retract(?:s|ed|ion)|(?:earlier|previous) version|(?:report|story|article) (?:has been|was) (?:withdrawn|removed|deleted))\b/i

/** A long report of which less than a third is left is now given as a summary. */
function isShortened(before: string, after: string): boolean {
  return before.length > 1_500 && after.length * 3 < before.length
}

/** The sentences of a text, roughly: a statement that one of them tells is not withdrawn. */
function outlinesIn(text: string): { text: string; outline: TextOutline }[] {
  return text
    .slice(0, maxTextLength)
    .split(/[.!?]\s|\n/, maxSentences)
    .map((sentence) => ({ text: sentence, outline: outlineOf(sentence) }))
}

const maxSentences = 400

/** The words of a revision with its title. */
const padded = ({ title, text }: { title: string; text: string }): string =>
  ` ${folded(`${title} ${text.slice(0, maxTextLength)}`)} `

const holds = (text: string, words: string): boolean => words !== '' && text.includes(` ${words} `)
