import type { PassageKind } from '../types.ts'

/** A stretch of text in one style; `mark` says that the markup itself calls it a footnote mark. */
export type TextRun = { text: string; bold: boolean; link: string | null; mark: boolean }

/**
 * One block of a report before it has offsets; a line break inside a run is the publisher's own.
 * `item` numbers the outermost list item that the block stands in (0: none); `gap` says that a picture or a rule came before it.
 */
export type Block = { kind: PassageKind; level: number; item: number; gap: boolean; runs: TextRun[] }

/** A text is read up to so many blocks, a thousand pages or so; what comes after is no report, and is left out. */
export const mostBlocks = 20_000

export function textRun(text: string, style: Partial<Omit<TextRun, 'text'>> = {}): TextRun {
  return { text, bold: false, link: null, mark: false, ...style }
}

/** Adds words to a block: to its last run where that has the same style, so that a text in many pieces stays cheap. */
export function addRun(runs: TextRun[], added: TextRun): void {
  const last = runs.at(-1)
  if (last && last.bold === added.bold && last.mark === added.mark && last.link === added.link) last.text += added.text
  else runs.push(added)
}

export function textOf(runs: TextRun[]): string {
  if (runs.length === 1) return runs[0]?.text ?? ''
  let text = ''
  for (const r of runs) text += r.text
  return text
}

/** The runs of each stretch of their joined text; the stretches, in UTF-16 units, are in order and do not overlap. */
export function cut(runs: TextRun[], stretches: [from: number, to: number][]): TextRun[][] {
  let [i, at] = [0, 0]
  return stretches.map(([from, to]) => {
    const kept: TextRun[] = []
    for (let one = runs[i]; one && at < to; one = runs[i]) {
      const text = one.text.slice(Math.max(0, from - at), to - at)
      if (text !== '') kept.push({ ...one, text })
      if (at + one.text.length > to) break
      at += one.text.length
      i += 1
    }
    return kept
  })
}

/** Joins neighbouring runs of one style, and the runs of a mark that its markup has taken apart (`[<a>12</a>]`). */
export function coalesce(runs: TextRun[]): TextRun[] {
  const joined: TextRun[] = []
  for (const r of runs) {
    const last = joined.at(-1)
    const same = last && last.bold === r.bold && last.mark === r.mark
    if (
      last &&
      same &&
      (last.link === r.link || last.mark || (last.text.length < 500 && /\[\^?\w{0,8}$/.test(last.text)))
    ) {
      joined[joined.length - 1] = {
        ...last,
        text: last.text + r.text,
        link: last.link ?? (r.text.length <= 8 ? r.link : null),
      }
    } else joined.push(r)
  }
  return joined
}
