/**
 * So many texts are remembered: more than the sentences that the steps of reading look at around one claim, but few, as each
 * may hold on to its whole report.
 */
const maxTexts = 50

/** What follows from a text alone is worked out once, as several steps of reading ask about the same sentences. */
export function oncePerText<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, { result: T }>()
  return (text) => {
    const found = known.get(text)
    if (found) return found.result
    const result = of(text)
    if (known.size === maxTexts) known.clear()
    known.set(text, { result })
    return result
  }
}
