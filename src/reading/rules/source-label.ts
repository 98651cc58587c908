import { sentencesOf } from './takeaways/sentences.ts'
import type { Takeaway } from './types.ts'

/** Where a takeaway comes from, as people read it. */
export function sourceLabel({ kind, text }: Pick<Takeaway, 'kind' | 'text'>): string {
  if (kind === 'stated') return 'Stated by the publisher'
  return sentencesOf(text).length > 1 ? 'Selected sentences' : 'Selected sentence'
}
