import { setTimeout as delay } from 'node:timers/promises'
import type { App } from '../app.ts'
import { retryForever } from '../platform/retry-forever.ts'
import type { SmtpConnection } from './smtp/connection.ts'
import type { IsFull, RelayRate } from './smtp/outbox.ts'
import { reserveSends } from './store/send-limits.ts'

/** Keeps the relays' own rates (`?rate=20`): each mail takes a place at the relay of its connection. */
export type RelayRateLimiter = {
  /** Takes a place for one mail; false when the relay has none now. A relay without a rate costs nothing. */
  admits(connection: SmtpConnection): true | Promise<boolean>
  isFull: IsFull
  /** True when another relay has capacity; else false, once a place may have come. */
  waitForCapacity(): Promise<boolean>
}

/** Places that are taken: how many are left, when the next one comes (`performance.now()`), and how far they are apart. */
type Places = { left: number; nextAt: number; intervalMs: number }

const maxWaitMs = 60_000

/** Takes places from the database for a tenth of a second at a time: all workers share them, and no mail asks for itself. */
export function createRelayRateLimiter(app: App, signal: AbortSignal): RelayRateLimiter {
  const taken = new Map<string, Places>()
  const asking = new Map<string, Promise<void>>()

  const isFull: IsFull = ({ key }) => {
    const places = taken.get(key)
    return places !== undefined && places.left > 0 && places.nextAt > performance.now()
  }

  async function takePlace(rate: RelayRate): Promise<boolean> {
    const places = taken.get(rate.key)
    if (!places?.left) {
      await ask(rate)
      return takePlace(rate)
    }
    if (isFull(rate)) return false
    places.left--
    places.nextAt += places.intervalMs
    return true
  }

  function ask(rate: RelayRate): Promise<void> {
    const answer = asking.get(rate.key) ?? reserve(rate).finally(() => asking.delete(rate.key))
    asking.set(rate.key, answer)
    return answer
  }

  async function reserve({ key, perSecond }: RelayRate): Promise<void> {
    const left = Math.ceil(perSecond / 10)
    const waitMs = await retryForever(app, { relay: key }, () => reserveSends(app.ledger, key, perSecond, left))
    taken.set(key, { left, nextAt: performance.now() + waitMs, intervalMs: 1000 / perSecond })
  }

  return {
    admits(connection) {
      const rate = app.mail.rateOf(connection)
      return rate ? takePlace(rate) : true
    },
    isFull,
    async waitForCapacity() {
      if (app.mail.hasCapacity(isFull)) return true
      const now = performance.now()
      const waits = [...taken.values()].filter(({ left }) => left).map(({ nextAt }) => nextAt - now)
      await delay(Math.max(1, Math.min(maxWaitMs, ...waits)), undefined, { signal }).catch(() => {})
      return false
    },
  }
}
