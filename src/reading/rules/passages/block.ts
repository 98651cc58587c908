import type { PassageKind } from '../types.ts'

/** A stretch of text in one style; `mark` says that the markup calls it a footnote mark. */
export type TextRun = { text: string; bold: boolean; link: string | null; mark: boolean }

/**
 * One block of a report, before it has offsets. A line break within a run is the publisher's own. `item` numbers the
 * outermost list item that holds the block (0: none); `gap` says that an image or a horizontal rule stands before it;
 * `depth` is how many elements hold it, 0 in plain text.
 */
export type Block = { kind: PassageKind; level: number; item: number; gap: boolean; depth: number; runs: TextRun[] }

/** How many blocks of a text are read: about a thousand pages. The rest is left out. */
export const maxBlocks = 20_000

export function textRun(text: string, style: Partial<Omit<TextRun, 'text'>> = {}): TextRun {
  return { text, bold: false, link: null, mark: false, ...style }
}

/** Adds a run: to the last one where that has the same style, so that a text in many pieces stays cheap. */
export function addRun(runs: TextRun[], added: TextRun): void {
  const last = runs.at(-1)
  if (last && last.bold === added.bold && last.mark === added.mark && last.link === added.link) last.text += added.text
  else runs.push(added)
}

export function textOf(runs: TextRun[]): string {
  if (runs.length === 1) return runs[0]?.text ?? ''
  let text = ''
  for (const run of runs) text += run.text
  return text
}

/** The runs of each range of their joined text; the ranges, in UTF-16 units, are in order and do not overlap. */
export function sliceRuns(runs: TextRun[], ranges: [from: number, to: number][]): TextRun[][] {
  let [i, offset] = [0, 0]
  return ranges.map(([from, to]) => {
    const kept: TextRun[] = []
    for (let run = runs[i]; run && offset < to; run = runs[i]) {
      const text = run.text.slice(Math.max(0, from - offset), to - offset)
      if (text !== '') kept.push({ ...run, text })
      if (offset + run.text.length > to) break
      offset += run.text.length
      i += 1
    }
    return kept
  })
}

/** Joins neighbouring runs of one style, and the parts of a mark that its markup has split (`[<a>12</a>]`). */
export function joinRuns(runs: TextRun[]): TextRun[] {
  const joined: TextRun[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (last && belongTogether(last, run)) {
      const link = last.link ?? (run.text.length <= maxMarkLength ? run.link : null)
      joined[joined.length - 1] = { ...last, text: last.text + run.text, link }
    } else joined.push(run)
  }
  return joined
}

function belongTogether(last: TextRun, next: TextRun): boolean {
  if (last.bold !== next.bold || last.mark !== next.mark) return false
  return last.link === next.link || last.mark || (last.text.length < 500 && /\[\^?\w{0,8}$/.test(last.text))
}

const maxMarkLength = 8
