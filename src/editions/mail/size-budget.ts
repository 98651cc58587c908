import { htmlBytes } from '../../platform/text/escape-html.ts'
import type { StoryLine, StorySource, StoryView } from './mail-view.ts'

/** Bytes of HTML for stories. With layout and corrections a mail stays under 90 KB (Gmail clips at about 102). */
export const sizeBudget = 52_000
/** Bytes of the tags and styles of a story, of one of its statements, and of a line. */
const storyMarkup = 1_300
const statementMarkup = 500
const lineMarkup = 420

/** The bytes of HTML that a story takes, at most. */
export function storyBytes({ headline, labels, statements, further, figures, sources, page }: StoryView): number {
  const statementBytes = statements.map(({ text, quote, by }) => statementMarkup + htmlBytes(text, quote, by))
  const furtherBytes = further.map(({ text, by }) => 200 + htmlBytes(text, by))
  const figureBytes = figures.map(({ role, values }) => 200 + htmlBytes(role, values))
  return (
    storyMarkup +
    htmlBytes(headline, page, ...labels) +
    sum([...statementBytes, ...furtherBytes, ...figureBytes, ...sources.map(sourceBytes)])
  )
}

/** The bytes of HTML that a line takes, at most. */
export const lineBytes = ({ text, source }: StoryLine): number => lineMarkup + htmlBytes(text) + sourceBytes(source)

const sourceBytes = ({ name, when, link, readingPage, references }: StorySource): number =>
  170 + htmlBytes(name, when, link, readingPage, ...references.flatMap((reference) => [reference.mark, reference.link]))

export const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0)

/** The first of some parts of a mail, as many as fit into `bytes`; and the bytes that are left. */
export function fitting<Part>(
  parts: Part[],
  bytesOf: (part: Part) => number,
  bytes: number,
): { fitted: Part[]; left: number } {
  const fitted: Part[] = []
  let left = bytes
  for (const part of parts) {
    const size = bytesOf(part)
    if (size > left) break
    left -= size
    fitted.push(part)
  }
  return { fitted, left }
}
