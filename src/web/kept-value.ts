import type { Log } from '../platform/log.ts'

/** How long a value is given as it is, and how long an older one is given while the next is made. */
export type KeptFor = { fresh: Temporal.Duration; stale: Temporal.Duration }

/**
 * Makes a value when it is asked for, and keeps it: of those who ask at one time, only the first makes it, and nobody waits for the
 * next one while the last is not too old. A value that `isKept` refuses is made anew each time.
 */
export function keptValue<T>(
  app: { now: () => Temporal.Instant; log: Log },
  make: () => Promise<T>,
  isKept: (value: T) => boolean,
  { fresh, stale }: KeptFor,
): () => Promise<T> {
  let kept: { value: T; at: Temporal.Instant } | undefined
  let next: Promise<T> | undefined
  const begin = async (): Promise<T> => {
    const at = app.now()
    const value = await make()
    kept = isKept(value) ? { value, at } : undefined
    return value
  }
  const renew = (): Promise<T> => {
    next ??= begin().finally(() => {
      next = undefined
    })
    return next
  }
  return async () => {
    const age = kept && app.now().since(kept.at)
    if (!kept || !age || Temporal.Duration.compare(age, stale) > 0) return renew()
    if (Temporal.Duration.compare(age, fresh) > 0)
      renew().catch((err) => app.log.warn({ err }, 'failed to renew a value'))
    return kept.value
  }
}
