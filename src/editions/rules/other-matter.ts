import { namesIn } from '../../stories/rules/names.ts'
import { termsIn } from '../../stories/rules/terms.ts'

/**
 * Whether a quotation tells the second matter of a title alone: `Lorn shells a port as Orsk votes`, above what was said of the
 * vote. It names nobody and no place of the first one.
 */
export function tellsSecondMatter(title: string, quote: string): boolean {
  const [first = '', second] = title.split(secondMatter, 2)
  if (second === undefined) return false
  return namesOthers(first, quote) && namesOthers(quote, first)
}

/** Whether a text names somebody or a place, and the other one holds none of these words. */
function namesOthers(text: string, other: string): boolean {
  const { names, places } = namesIn(text)
  const all = names.union(places)
  return all.size > 0 && all.isDisjointFrom(new Set(termsIn(other)))
}

const secondMatter = /,? (?:as|while|whereas|meanwhile) |; /u
