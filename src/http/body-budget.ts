/** The memory that the bodies of a process may take together. */
export type BodyBudget = {
  /** Opens the account of one body. `onWait` is called when it has to wait for the first time. */
  open(onWait?: () => void): BodyAccount
}

/** What one body takes. It must be released when nothing holds the body or what was made of it any more. */
export type BodyAccount = {
  /** Resolves when the body may have so many bytes; rejects with the reason of an aborted signal. */
  grow(bytes: number, signal?: AbortSignal): Promise<void>
  release(): void
}

/** Sizes in bytes. Bodies up to `free` never wait; beyond that, all bodies share `shared`. */
type BudgetSizes = { free: number; shared: number }

/** A tenth of all feeds is larger than the free size. What is made of a body takes several times its size. */
const usualSizes: BudgetSizes = { free: 256_000, shared: 12_000_000 }

/**
 * Creates the budget of a process. Where it is used up, bodies wait, in their order, until others are released. One body at a
 * time may take more than is left, so that not all of them can wait for each other.
 */
export function createBodyBudget({ free, shared } = usualSizes): BodyBudget {
  let used = 0
  let favoured: object | undefined
  const waiting: (() => void)[] = []
  const wakeAll = () => {
    for (const wake of waiting.splice(0)) wake()
  }

  function open(onWait?: () => void): BodyAccount {
    const account = {}
    let held = 0
    let hasWaited = false
    const take = (bytes: number): boolean => {
      const more = bytes - held
      if (favoured !== account && used + more > shared) {
        if (favoured) return false
        favoured = account
      }
      used += more
      held = bytes
      return true
    }
    return {
      async grow(bytes, signal) {
        while (bytes > free && bytes > held && !take(bytes)) {
          if (!hasWaited) onWait?.()
          hasWaited = true
          await untilWoken(waiting, signal)
        }
      },
      release() {
        used -= held
        held = 0
        if (favoured === account) favoured = undefined
        wakeAll()
      },
    }
  }
  return { open }
}

function untilWoken(waiting: (() => void)[], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal?.reason)
    if (signal?.aborted) return stop()
    signal?.addEventListener('abort', stop, { once: true })
    waiting.push(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    })
  })
}
