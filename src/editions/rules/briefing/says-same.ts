import { compareOutlines, folded, likeness, outlineOf } from '../../../reading/rules/edits/compare-texts.ts'

/**
 * Whether two claims of perhaps two reports say the same. Claims of one war share many words: only those that share most of
 * them, and all figures, do.
 */
export function saysSame(was: string, now: string): boolean {
  if (folded(was) === folded(now)) return true
  const [before, after] = [outlineOf(was), outlineOf(now)]
  return likeness(before, after) >= sameWords && compareOutlines(before, after) === 'carried'
}

const sameWords = 0.75
