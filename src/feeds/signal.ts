/** Wakes the one who listens. */
export type Signal = {
  ring(): void
  /** Resolves at the next ring since the last call, or after `ms`. */
  heard(ms: number): Promise<void>
}

export function createSignal(): Signal {
  let next = Promise.withResolvers<void>()
  return {
    ring: () => next.resolve(),
    async heard(ms) {
      const timer = setTimeout(next.resolve, ms)
      await next.promise
      clearTimeout(timer)
      next = Promise.withResolvers()
    },
  }
}
