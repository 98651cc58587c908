import { coverage } from './coverage.ts'
import { type Entry, entriesFrom } from './entry.ts'
import type { Lexicon } from './lexicon.ts'
import type { Page } from './page.ts'
import type { Statement } from './statement.ts'

/**
 * A list that has lost its heading, known by what it does: most of its items say again, in nearly the same words,
 * what sentences of the body say. A table of contents repeats headings, a list of efforts repeats nothing.
 */
export function echoedList(page: Page, statements: Statement[], lexicon: Lexicon): Entry[] {
  for (let i = 0; i < page.parts.length; i++) {
    if (page.parts[i]?.kind !== 'item') continue
    const entries = entriesFrom(page.parts, i)
    if (entries.length >= 3 && repeatsBody(entries, statements, lexicon)) return entries
    i += entries.reduce((n, entry) => n + entry.parts.length, 0) - 1
  }
  return []
}

function repeatsBody(entries: Entry[], statements: Statement[], lexicon: Lexicon): boolean {
  const inBody = (s: Statement) => s.part.kind === 'paragraph'
  const said = entries.filter((entry) => {
    const stems = lexicon.stemsOf(statements.filter((s) => entry.parts.includes(s.part)).flatMap((s) => s.tokens))
    return stems.size >= 5 && Math.max(0, ...coverage(stems, statements, lexicon, inBody).values()) >= 0.75
  })
  return said.length >= entries.length * 0.6
}
