const keptMs = 15_000

/**
 * Loads a value at most once at a time, and keeps it for 15 s or twenty times as long as loading took: a count over all rows of
 * a large table takes a twentieth of a processor of the database at most, however often it is asked for.
 */
export function kept<T>(load: () => Promise<T>): () => Promise<T> {
  let last: { value: Promise<T>; until: number } | undefined
  return () => {
    if (last && performance.now() < last.until) return last.value
    const started = performance.now()
    const entry = { value: load(), until: Number.POSITIVE_INFINITY }
    const keepFor = (ms: number) => {
      entry.until = performance.now() + ms
    }
    last = entry
    entry.value.then(
      () => keepFor(Math.max(keptMs, 20 * (performance.now() - started))),
      () => keepFor(0),
    )
    return entry.value
  }
}
