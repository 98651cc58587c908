import { createLinePool } from './smtp.ts'
import type { Line } from './smtp-line.ts'

/** The one door for mail: lines to our relays, each for one message at a time. */
export type Outbox = {
  /** Takes all places for lines that are free, and says how many; each must be released. */
  reserve(): number
  release(): void
  /** A line that stands, to the first relay that can be reached; `relay` says why there is none. */
  take(signal: AbortSignal): Promise<{ kind: 'open'; line: Line } | { kind: 'relay'; reply: string }>
  give(line: Line): void
  /** Ends idle lines at once and, with `now`, those in use too. */
  close(now?: boolean): void
}

/** A relay's `smtp://` address, or how to learn it when it is needed. */
export type RelayAddress = string | (() => Promise<string>)
export type OutboxSettings = { relays: RelayAddress[]; ehloName: string; lines: number; messagesPerLine: number }

/** A relay that failed is asked last for so long. */
const restMs = 60_000

/** Mail over one or several relays: each line goes to one drawn by weight (`?weight=2`), a failing one is passed over. */
export function createOutbox({ relays: addresses, ehloName, lines, messagesPerLine }: OutboxSettings): Outbox {
  const relays = addresses.map((address) => ({
    weight: typeof address === 'string' ? Number(new URL(address).searchParams.get('weight') ?? 1) || 1 : 1,
    pool: createLinePool(async () => (typeof address === 'string' ? address : address()), ehloName, messagesPerLine),
    restsUntil: 0,
  }))
  const home = new WeakMap<Line, (typeof relays)[number]>()
  let free = lines
  return {
    reserve() {
      const places = free
      free = 0
      return places
    },
    release: () => void free++,
    async take(signal) {
      let reply = 'no mail server is set'
      for (const relay of inOrder(relays)) {
        try {
          const line = await relay.pool.take(signal)
          home.set(line, relay)
          relay.restsUntil = 0
          return { kind: 'open', line }
        } catch (error) {
          reply = error instanceof Error ? error.message : String(error)
          relay.restsUntil = performance.now() + restMs
        }
      }
      return { kind: 'relay', reply }
    },
    give: (line) => home.get(line)?.pool.give(line),
    close(now) {
      for (const { pool } of relays) pool.close(now)
    },
  }
}

/** Drawn by weight, those that rest after all others. */
function inOrder<R extends { weight: number; restsUntil: number }>(relays: R[]): R[] {
  if (relays.length < 2) return relays
  const now = performance.now()
  const draws = new Map(relays.map((relay) => [relay, Math.random() ** (1 / relay.weight)]))
  const rests = (relay: R) => Number(relay.restsUntil > now)
  return relays.toSorted((a, b) => rests(a) - rests(b) || draws.get(b)! - draws.get(a)!)
}

/** `a@b` out of `Name <a@b>`. */
export function bareAddress(line: string): string {
  return /<([^<>]+)>/.exec(line)?.[1] ?? line
}
