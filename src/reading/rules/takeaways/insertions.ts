import type { Span } from '../passages/page.ts'

/**
 * The sentences of a passage without the lines of the page that stand within them and end with no full stop: links to
 * live blogs, calls to sign up, times of publication. What stands before and behind such a line is a sentence each.
 */
export function withoutInsertions(text: string, sentences: Span[]): Span[] {
  const [first, last] = [sentences[0], sentences.at(-1)]
  if (!first || !last || !mayHold.test(text.slice(first.start, last.end))) return sentences
  return sentences.flatMap((sentence) => around(text, sentence))
}

function around(text: string, { start, end }: Span): Span[] {
  const sentence = text.slice(start, Math.min(end, start + maxLength))
  if (!mayHold.test(sentence)) return [{ start, end }]
  const spans: Span[] = []
  let from = start
  for (const found of sentence.matchAll(insertion)) {
    spans.push({ start: from, end: start + sentence.slice(0, found.index).trimEnd().length })
    from = start + found.index + found[0].length
  }
  spans.push({ start: from, end })
  return spans.filter((span) => /[\p{L}\p{N}]/u.test(text.slice(span.start, span.end)))
}

/** So much of a sentence is looked at, in characters. */
const maxLength = 800

/** Most passages have none of these. */
const mayHold = /latest updates|Sign up|Get our|Read more|(?:Published|PUBLISHED|Updated|UPDATED|Posted|POSTED):/

const date = '(?:\\p{L}{6,9}, )?\\p{L}{3,9}\\.? \\d{1,2},? \\d{4}'
const clock = '(?:,? (?:at )?\\d{1,2}: ?\\d{2}(?: ?[AaPp]\\.?[Mm]\\.?)?(?: [A-Z]{2,4}(?!\\p{L}))?)?'
const insertion = new RegExp(
  `(?:${[
    '\\p{Lu}\\p{L}{1,20}(?: \\p{Ll}{2,20}){0,2} live [–—-] latest updates',
    'Follow our (?:\\p{L}{2,20} ){0,4}live ?blog for (?:the )?latest updates',
    '(?:Read more here )?Sign up (?:for|to) (?:the|our) (?:\\p{L}{2,20} ){1,5}(?:e-?mail|newsletter)',
    'Get our (?:\\p{L}{2,20} ?,? ){1,8}(?:e-?mail|newsletter|podcast|app)',
    'Read more here',
    `(?:First |Last )?(?:Published|PUBLISHED|Updated|UPDATED|Posted|POSTED): ${date}${clock}`,
  ].join('|')})(?:\\s+|$)(?=["“‘]?[\\p{Lu}\\d]|$)`,
  'gu',
)
