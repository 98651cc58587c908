/** A time limit that stands still while we ourselves are the reason of a wait. */
export type Deadline = {
  signal: AbortSignal
  /** Does `work` without counting its time. */
  pauseFor<T>(work: () => Promise<T>): Promise<T>
  /** Ends the limit, and returns how many milliseconds are left of it. */
  end(): number
}

/** `signal` aborts with a TimeoutError after `ms` milliseconds that count. */
export function startDeadline(ms: number): Deadline {
  const controller = new AbortController()
  let leftMs = ms
  let [startedMs, timer] = [0, undefined as NodeJS.Timeout | undefined]
  const run = () => {
    startedMs = performance.now()
    timer = setTimeout(() => controller.abort(new DOMException('The time is over.', 'TimeoutError')), Math.ceil(leftMs))
  }
  const stop = () => {
    if (timer) leftMs -= performance.now() - startedMs
    clearTimeout(timer)
    timer = undefined
  }
  run()
  return {
    signal: controller.signal,
    async pauseFor(work) {
      stop()
      return await work().finally(run)
    },
    end() {
      stop()
      return Math.max(1, leftMs)
    },
  }
}
