import type { SmtpConnection } from './connection.ts'
import { createConnectionPool } from './connection-pool.ts'

/** The one way out for mail: connections to our relays, each for one message at a time. */
export type Outbox = {
  /** Reserves all connections that are free for the caller and returns how many; each must be released. */
  reserveAll(): number
  release(): void
  /** An open connection to the first relay that can be reached, full ones last; `relay` says why there is none. */
  connect(signal: AbortSignal, isFull?: IsFull): Promise<Connected>
  giveBack(connection: SmtpConnection): void
  /** The rate of the relay to which a connection leads, where it has one. */
  rateOf(connection: SmtpConnection): RelayRate | undefined
  /** Ends a connection whose relay refuses us; for a while the relay is tried last. */
  avoid(connection: SmtpConnection): void
  /** Ends a connection whose relay limits us; returns for how long the relay should rest, longer at each limit. */
  rest(connection: SmtpConnection): Temporal.Duration
  /** The relay has taken a mail: its limits are over. */
  took(connection: SmtpConnection): void
  /** True when a relay that did not fail lately is not full. */
  hasCapacity(isFull: IsFull): boolean
  /** Mails a second over all relays; Infinity when one of them has no rate. */
  perSecond: number
  /** Ends idle connections at once and, with `now`, those in use too. */
  close(now?: boolean): void
}

/** `rest`: the relay limits us and should rest so long. */
export type Connected =
  | { kind: 'open'; connection: SmtpConnection }
  | { kind: 'relay'; reply: string; rest?: Temporal.Duration }

/** Mails a second over all workers (`?rate=20`); `key` names the relay, without its password. */
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

/** For so long a relay that failed is tried last. */
const avoidMs = 60_000

/** Mail over one or several relays: each connection goes to one drawn by weight (`?weight=2`), a failing one is passed over. */
export function createOutbox({
  relays: addresses,
  ehloName,
  connections,
  messagesPerConnection,
}: OutboxSettings): Outbox {
  const relays = addresses.map((address) => ({
    weight: typeof address === 'string' ? Number(new URL(address).searchParams.get('weight') ?? 1) || 1 : 1,
    rate: typeof address === 'string' ? rateIn(new URL(address)) : undefined,
    pool: createConnectionPool(
      async () => (typeof address === 'string' ? address : address()),
      ehloName,
      messagesPerConnection,
    ),
    avoidedUntil: 0,
    limits: 0,
  }))
  const relayOf = new WeakMap<SmtpConnection, (typeof relays)[number]>()
  let free = connections
  return {
    reserveAll() {
      const reserved = free
      free = 0
      return reserved
    },
    release: () => void free++,
    async connect(signal, isFull = () => false) {
      let failure: Connected = { kind: 'relay', reply: 'no relay is set' }
      for (const relay of inOrder(relays, isFull)) {
        try {
          const connection = await relay.pool.take(signal)
          relayOf.set(connection, relay)
          relay.avoidedUntil = 0
          return { kind: 'open', connection }
        } catch (error) {
          relay.avoidedUntil = performance.now() + avoidMs
          const reply = error instanceof Error ? error.message : String(error)
          failure = { kind: 'relay', reply, ...(isLimit(error) && { rest: restOf(relay) }) }
        }
      }
      return failure
    },
    giveBack: (connection) => relayOf.get(connection)?.pool.giveBack(connection),
    rateOf: (connection) => relayOf.get(connection)?.rate,
    avoid(connection) {
      const relay = relayOf.get(connection)
      if (relay) relay.avoidedUntil = performance.now() + avoidMs
      connection.close()
    },
    rest(connection) {
      const relay = relayOf.get(connection)
      if (relay) relay.avoidedUntil = performance.now() + avoidMs
      connection.close()
      return restOf(relay ?? { limits: 0 })
    },
    took(connection) {
      const relay = relayOf.get(connection)
      if (relay) relay.limits = 0
    },
    hasCapacity: (isFull) =>
      relays.some(({ rate, avoidedUntil }) => avoidedUntil <= performance.now() && !(rate && isFull(rate))),
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

const firstRestMs = 5_000
const maxRestMs = 60_000

/** How long a relay rests: 5 s at its first limit, twice as long at each further one until it takes a mail, at most 60 s. */
function restOf(relay: { limits: number }): Temporal.Duration {
  const milliseconds = Math.min(maxRestMs, firstRestMs * 2 ** relay.limits)
  relay.limits = Math.min(relay.limits + 1, 10)
  return Temporal.Duration.from({ milliseconds })
}

/** The relay greeted us with 4xx: it limits us, and nothing is wrong. */
const isLimit = (error: unknown): boolean => {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
  return code >= 400 && code < 500
}

type Candidate = { weight: number; avoidedUntil: number; rate: RelayRate | undefined }

/** Drawn by weight (Efraimidis and Spirakis 2006); full relays come after the others, avoided ones after all. */
function inOrder<R extends Candidate>(relays: R[], isFull: IsFull): R[] {
  if (relays.length < 2) return relays
  const now = performance.now()
  const drawn = relays.map((relay) => ({
    relay,
    draw: Math.random() ** (1 / relay.weight),
    rank: relay.avoidedUntil > now ? 2 : Number(relay.rate !== undefined && isFull(relay.rate)),
  }))
  return drawn.sort((a, b) => a.rank - b.rank || b.draw - a.draw).map(({ relay }) => relay)
}
