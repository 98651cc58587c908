import { hash } from 'node:crypto'

/** A document without the entries that were read before; `fingerprints` are of all its entries, in their order. */
export type Cut = { text: string; fingerprints: string[] }

/**
 * Takes out of a document every entry whose source is letter for letter one that was read before, so that parsing and
 * sanitising cost as much as what is new. Where entries cannot be told apart for certain (comments, CDATA or other entries
 * across their edges), nothing is taken out.
 */
export function cutKnown(text: string, seen: Set<string>): Cut {
  const entries = entriesIn(text)
  if (!entries) return { text, fingerprints: [] }
  const fingerprints = entries.map(({ from, to }) => fingerprint(text.slice(from, to)))
  if (!seen.size) return { text, fingerprints }
  let kept = ''
  let end = 0
  entries.forEach(({ from, to }, n) => {
    if (!seen.has(fingerprints[n]!)) return
    kept += text.slice(end, from)
    end = to
  })
  return { text: kept + text.slice(end), fingerprints }
}

/** Short names of sources, for comparing only. */
export const fingerprint = (source: string) => hash('sha256', source, 'base64url').slice(0, 16)

type Span = { from: number; to: number }

function entriesIn(text: string): Span[] | null {
  const opening = /<((?:[\w.-]{1,20}:)?(?:item|entry))(?=[\s>])/g
  const spans: Span[] = []
  let end = 0
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const closing = `</${found[1]}>`
    const at = text.indexOf(closing, found.index)
    const to = at + closing.length
    if (at < 0 || !isWhole(text.slice(end, found.index)) || !isWhole(text.slice(found.index, to))) return null
    if (/<(?:[\w.-]{1,20}:)?(?:item|entry)[\s>]/.test(text.slice(found.index + 5, at))) return null
    spans.push({ from: found.index, to })
    opening.lastIndex = to
    end = to
  }
  return isWhole(text.slice(end)) ? spans : null
}

/** No CDATA section or comment begins here and ends elsewhere. */
function isWhole(piece: string): boolean {
  return (
    piece.lastIndexOf('<![CDATA[') <= piece.lastIndexOf(']]>') && piece.lastIndexOf('<!--') <= piece.lastIndexOf('-->')
  )
}
