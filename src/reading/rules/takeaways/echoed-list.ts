import type { Page } from '../passages/page.ts'
import type { Lexicon } from '../topics/lexicon.ts'
import { coverage } from './coverage.ts'
import { type ListItem, listItemsFrom, mostListItems } from './list-item.ts'
import { type Statement, tokensWithin } from './statement.ts'

/**
 * A list that has lost its heading, known by what it does: most of its items say again, in nearly the same words,
 * what sentences of the body say. A table of contents repeats headings, a list of efforts repeats nothing.
 */
export function echoedList(page: Page, statements: Statement[], lexicon: Lexicon): ListItem[] {
  for (let i = 0; i < page.parts.length; i++) {
    if (page.parts[i]?.kind !== 'item') continue
    const entries = listItemsFrom(page.parts, i)
    if (entries.length >= 3 && entries.length <= mostListItems && repeatsBody(entries, statements, lexicon))
      return entries
    i += entries.reduce((n, entry) => n + entry.parts.length, 0) - 1
  }
  return []
}

function repeatsBody(entries: ListItem[], statements: Statement[], lexicon: Lexicon): boolean {
  const said = entries.filter((entry) => isSaid(entry, statements, lexicon))
  return said.length >= entries.length * 0.6
}

function isSaid(entry: ListItem, statements: Statement[], lexicon: Lexicon): boolean {
  const claim = lexicon.stemsOf(tokensWithin(statements, entry))
  const shares = coverage(claim, statements, lexicon, (s) => s.part.kind === 'paragraph')
  return claim.size >= 5 && shares.values().some((share) => share >= 0.75)
}
