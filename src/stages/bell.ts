/** Wakes the one who listens. */
export type Bell = {
  ring(): void
  /** Resolves at the next ring since the last call, or after `ms`: true when it rang. */
  heard(ms: number): Promise<boolean>
}

export function createBell(): Bell {
  let next = Promise.withResolvers<boolean>()
  return {
    ring: () => next.resolve(true),
    async heard(ms) {
      const timer = setTimeout(() => next.resolve(false), ms)
      const rang = await next.promise
      clearTimeout(timer)
      next = Promise.withResolvers()
      return rang
    },
  }
}
