/** Runs requests so that one host gets few at a time, with a gap between their starts. */
export type HostRateLimiter = <T>(host: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

/**
 * `maxConcurrent` requests run on one host at a time; `gapMs` lies between the starts of two of them. Hosts that are
 * `exempt` have no gap. An aborted signal makes work that has not begun reject with the signal's reason.
 */
export function createHostRateLimiter(options: {
  maxConcurrent: number
  gapMs: number
  exempt: (host: string) => boolean
}): HostRateLimiter {
  const hosts: Hosts = { byName: new Map(), sweepAt: minHostsToSweep }
  return async (name, work, signal) => {
    const host = hosts.byName.get(name) ?? addHost(hosts, name, options.maxConcurrent)
    host.users++
    try {
      return await host.limit(async () => {
        if (!options.exempt(name)) await waitForGap(host, options.gapMs, signal)
        return work()
      }, signal)
    } finally {
      host.users--
    }
  }
}

/** `users` counts the requests that run or wait; `nextStart` is the earliest start of the next one (performance.now). */
type HostState = { limit: Limiter; users: number; nextStart: number }

/** Idle hosts are dropped whenever the map has doubled, so that the cost per host does not grow with their number. */
type Hosts = { byName: Map<string, HostState>; sweepAt: number }

const minHostsToSweep = 500

function addHost(hosts: Hosts, name: string, maxConcurrent: number): HostState {
  if (hosts.byName.size > hosts.sweepAt) dropIdleHosts(hosts)
  const host = { limit: createLimiter(maxConcurrent), users: 0, nextStart: 0 }
  hosts.byName.set(name, host)
  return host
}

function dropIdleHosts(hosts: Hosts): void {
  const now = performance.now()
  for (const [name, host] of hosts.byName) if (host.users === 0 && host.nextStart <= now) hosts.byName.delete(name)
  hosts.sweepAt = Math.max(minHostsToSweep, hosts.byName.size * 2)
}

async function waitForGap(host: HostState, gapMs: number, signal?: AbortSignal): Promise<void> {
  const start = Math.max(performance.now(), host.nextStart)
  host.nextStart = start + gapMs
  const waitMs = start - performance.now()
  if (waitMs > 0) await sleep(waitMs, signal)
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

/** Runs pieces of work in the order in which they came, only so many at a time. */
type Limiter = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

function createLimiter(maxConcurrent: number): Limiter {
  let running = 0
  const waiting: (() => void)[] = []
  const enter = async () => {
    if (running < maxConcurrent) running++
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
  return async (work, signal) => {
    await enter()
    try {
      signal?.throwIfAborted()
      return await work()
    } finally {
      leave()
    }
  }
}
