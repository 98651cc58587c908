import { setTimeout as delay } from 'node:timers/promises'
import type { App } from '../app.ts'
import { retryForever } from './retry-forever.ts'
import type { SmtpConnection } from './smtp/connection.ts'
import type { IsFull, RelayRate } from './smtp/outbox.ts'
import { reserveSends } from './store/send-limits.ts'

/** The relays' own rates as the lanes keep them: a place is taken at the line's relay before each mail. */
export type RelayRateLimiter = {
  /** Takes a place for one mail; false when the line's relay takes none just now. A relay without a rate costs nothing. */
  admits(line: SmtpConnection): true | Promise<boolean>
  isFull: IsFull
  /** True when another relay has room; else false, once a place may have come. */
  elsewhere(): Promise<boolean>
}

/** Places that are ours: how many, when the next one comes (of this process's clock of spans), how far they are apart. */
type Places = { left: number; nextAt: number; every: number }

const longestNapMs = 60_000

/** Places are taken from the database a tenth of a second at a time: all workers share them, and no mail asks for itself. */
export function createRelayRateLimiter(app: App, signal: AbortSignal): RelayRateLimiter {
  const held = new Map<string, Places>()
  const asked = new Map<string, Promise<void>>()

  const isFull: IsFull = ({ key }) => {
    const places = held.get(key)
    return places !== undefined && places.left > 0 && places.nextAt > performance.now()
  }

  async function enter(rate: RelayRate): Promise<boolean> {
    const places = held.get(rate.key)
    if (!places?.left) {
      await ask(rate)
      return enter(rate)
    }
    if (isFull(rate)) return false
    places.left--
    places.nextAt += places.every
    return true
  }

  function ask(rate: RelayRate): Promise<void> {
    const asking = asked.get(rate.key) ?? reserve(rate).finally(() => asked.delete(rate.key))
    asked.set(rate.key, asking)
    return asking
  }

  async function reserve({ key, perSecond }: RelayRate): Promise<void> {
    const left = Math.ceil(perSecond / 10)
    const wait = await retryForever(app, { relay: key }, () => reserveSends(app.ledger, key, perSecond, left))
    held.set(key, { left, nextAt: performance.now() + wait, every: 1000 / perSecond })
  }

  return {
    admits(line) {
      const rate = app.mail.rateOf(line)
      return rate ? enter(rate) : true
    },
    isFull,
    async elsewhere() {
      if (app.mail.hasRoom(isFull)) return true
      const now = performance.now()
      const waits = [...held.values()].filter(({ left }) => left).map(({ nextAt }) => nextAt - now)
      await delay(Math.max(1, Math.min(longestNapMs, ...waits)), undefined, { signal }).catch(() => {})
      return false
    },
  }
}
