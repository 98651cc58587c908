import type { SmtpConnection } from './connection.ts'
import { createConnectionPool } from './connection-pool.ts'

/** The one door for mail: lines to our relays, each for one message at a time. */
export type Outbox = {
  /** Takes all places for lines that are free, and says how many; each must be released. */
  reserve(): number
  release(): void
  /** A line that stands, to the first relay that can be reached, those that are full last; `relay` says why there is none. */
  connect(
    signal: AbortSignal,
    isFull?: IsFull,
  ): Promise<{ kind: 'open'; line: SmtpConnection } | { kind: 'relay'; reply: string }>
  giveBack(line: SmtpConnection): void
  /** The rate of the relay to which a line leads, where it has one. */
  rateOf(line: SmtpConnection): RelayRate | undefined
  /** Ends a line whose relay does not want us as we come; it is asked last for a while. */
  distrust(line: SmtpConnection): void
  /** True when a relay that is not known to be out of order is not full. */
  hasRoom(isFull: IsFull): boolean
  /** Mails a second over all relays; Infinity when one of them has no rate. */
  perSecond: number
  /** Ends idle lines at once and, with `now`, those in use too. */
  close(now?: boolean): void
}

/** So many mails a second, over all workers (`?rate=20`); `key` names the relay, without its password. */
export type RelayRate = { key: string; perSecond: number }
export type IsFull = (rate: RelayRate) => boolean

/** A relay's `smtp://` address, or how to learn it when it is needed. */
export type RelayAddress = string | (() => Promise<string>)
export type OutboxSettings = {
  relays: RelayAddress[]
  ehloName: string
  connections: number
  messagesPerConnection: number
}

/** A relay that failed is asked last for so long. */
const restMs = 60_000

/** Mail over one or several relays: each line goes to one drawn by weight (`?weight=2`), a failing one is passed over. */
export function createOutbox({
  relays: addresses,
  ehloName,
  connections: lines,
  messagesPerConnection: messagesPerLine,
}: OutboxSettings): Outbox {
  const relays = addresses.map((address) => ({
    weight: typeof address === 'string' ? Number(new URL(address).searchParams.get('weight') ?? 1) || 1 : 1,
    rate: typeof address === 'string' ? rateIn(new URL(address)) : undefined,
    pool: createConnectionPool(
      async () => (typeof address === 'string' ? address : address()),
      ehloName,
      messagesPerLine,
    ),
    restsUntil: 0,
  }))
  const home = new WeakMap<SmtpConnection, (typeof relays)[number]>()
  let free = lines
  return {
    reserve() {
      const places = free
      free = 0
      return places
    },
    release: () => void free++,
    async connect(signal, isFull = () => false) {
      let reply = 'no mail server is set'
      for (const relay of inOrder(relays, isFull)) {
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
    giveBack: (line) => home.get(line)?.pool.give(line),
    rateOf: (line) => home.get(line)?.rate,
    distrust(line) {
      home.get(line)!.restsUntil = performance.now() + restMs
      line.close()
    },
    hasRoom: (isFull) =>
      relays.some(({ rate, restsUntil }) => restsUntil <= performance.now() && !(rate && isFull(rate))),
    perSecond: relays.reduce((sum, { rate }) => sum + (rate?.perSecond ?? Number.POSITIVE_INFINITY), 0),
    close(now) {
      for (const { pool } of relays) pool.close(now)
    },
  }
}

function rateIn({ searchParams, username, host }: URL): RelayRate | undefined {
  const perSecond = Number(searchParams.get('rate') ?? 0)
  return perSecond > 0 ? { key: `relay:${username ? `${username}@` : ''}${host}`, perSecond } : undefined
}

type Choice = { weight: number; restsUntil: number; rate?: RelayRate | undefined }

/** Drawn by weight; those that are full after the others, those that rest after all. */
function inOrder<R extends Choice>(relays: R[], isFull: IsFull): R[] {
  if (relays.length < 2) return relays
  const now = performance.now()
  const draws = new Map(relays.map((relay) => [relay, Math.random() ** (1 / relay.weight)]))
  const lateness = ({ restsUntil, rate }: R) => (restsUntil > now ? 2 : Number(rate !== undefined && isFull(rate)))
  return relays.toSorted((a, b) => lateness(a) - lateness(b) || draws.get(b)! - draws.get(a)!)
}

/** `a@b` out of `Name <a@b>`. */
export function bareAddress(line: string): string {
  return /<([^<>]+)>/.exec(line)?.[1] ?? line
}
