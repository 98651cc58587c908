import { oneLine } from '../../platform/text/shorten.ts'
import { sentencesOf } from '../../reading/rules/takeaways/sentences.ts'
import { dependsOnPrevious } from '../../reading/rules/takeaways/wording.ts'
import { tellsSame } from '../rules/shared-words.ts'
import { wholeSentences } from './mail-source.ts'
import type { MatchedTakeaway } from './matched-takeaway.ts'

/**
 * What the first quote that adds to a claim adds to it, at most `max` characters of whole sentences; null where none does. Its
 * first sentences that say again what the claim says are left out, unless what follows leans on them.
 */
export function quoteOf({ text, evidence }: Pick<MatchedTakeaway, 'text' | 'evidence'>, max: number): string | null {
  const told = evidence.map(({ quote }) => addedTo(text, oneLine(quote))).find((quote) => quote !== '')
  return told ? wholeSentences(told, max) : null
}

function addedTo(claim: string, quote: string): string {
  if (tellsSame(claim, quote)) return ''
  const sentences = sentencesOf(quote)
  const from = sentences.findIndex(({ start, end }) => !tellsSame(claim, quote.slice(start, end)))
  const added = sentences[from]
  if (!added) return ''
  const rest = quote.slice(added.start)
  return dependsOnPrevious(rest) ? quote : rest
}
