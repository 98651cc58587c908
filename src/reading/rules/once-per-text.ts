/** So many texts are remembered of one report. */
const maxTexts = 500

const known: Map<string, unknown>[] = []

/** What follows from a text alone is worked out once in a report, as several steps of reading ask about the same sentences. */
export function oncePerText<T>(of: (text: string) => T): (text: string) => T {
  const results = new Map<string, { result: T }>()
  known.push(results)
  return (text) => {
    const found = results.get(text)
    if (found) return found.result
    const result = of(text)
    if (results.size === maxTexts) results.clear()
    results.set(text, { result })
    return result
  }
}

/** Before another report: its sentences are others, and each sentence that is remembered may hold on to its whole report. */
export function forgetTexts(): void {
  for (const results of known) results.clear()
}
