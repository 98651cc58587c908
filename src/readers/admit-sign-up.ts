import type { App } from '../app.ts'
import { addressKey, mailDomainOf } from '../platform/address.ts'
import { batcherPerDb } from '../platform/batcher.ts'
import type { Tx } from '../platform/db/db.ts'
import { macOf } from '../platform/mac.ts'
import { UserError } from '../platform/user-error.ts'
import { requireAmong, topicNames } from '../reading/store/topics.ts'
import {
  type CountedSource,
  isRush,
  limitedSource,
  mayAskFrom,
  minutesBehind,
  recordedSource,
  withNow,
} from './rules/sign-up-limits.ts'
import type { SubscribeRequest } from './rules/subscription.ts'
import { countQueued, type QueuedRequest, queueRequests } from './store/queued-requests.ts'
import { type AskedTimes, askedMark, lockSources, saveAsked, signUpsOfMinute } from './store/sign-ups.ts'

/** Where a form came from: the client's address, and the value of the field that only robots fill in. */
export type SignUpSource = { source: string; honeypot?: string }

/** What a form asks for: a subscription, or without one a link to the preferences of an address. */
export type FormRequest = { email: string; source: string; signUp?: SubscribeRequest | undefined }

/** The address was asked for from this network `at` an earlier time; from `againFrom` on it can be asked for again. */
export type EarlierRequest = { at: Temporal.Instant; againFrom: Temporal.Instant }

/**
 * `open`: the request is carried out at once. `received`: so many people ask that it waits in the queue, about so many minutes.
 * `busy`: the network is over its limits until then.
 */
export type Admission =
  | { kind: 'open'; earlier?: EarlierRequest | undefined }
  | { kind: 'received'; earlier?: EarlierRequest | undefined; withinMinutes: number }
  | { kind: 'busy'; until: Temporal.Instant }

/**
 * Counts a request against the limits of its source, and puts it into the queue in a rush. It knows only who asked for which
 * address, so that it answers the same for the address of a reader and for any other. A refused request is not counted.
 * Requests that come while others are counted are counted together.
 * @throws UserError when a topic does not exist
 */
export async function admit(app: App, request: FormRequest): Promise<Admission> {
  const admission = await batcherOf(app)(request)
  if (admission instanceof UserError) throw admission
  return admission
}

const maxBatch = 100
const batcherOf = batcherPerDb(admitAll, maxBatch)

/** A request with the sources that its limits count. */
type Ask = { request: FormRequest; domain: string; address: string; network: string; sources: CountedSource[] }

async function admitAll(app: App, requests: FormRequest[]): Promise<(Admission | UserError)[]> {
  const now = app.now()
  const topics = requests.some(({ signUp }) => signUp) ? await topicNames(app.db) : []
  const problems = requests.map(({ signUp }) => (signUp ? problemOf(() => requireAmong(topics, [signUp])) : undefined))
  const asks = requests.map((request) => askOf(app, request))
  const lately = await signUpsOfMinute(app.db, [...new Set(asks.map(({ domain }) => domain))], now)
  return app.db.transaction().execute(async (tx) => {
    const open = asks.filter((_, n) => !problems[n])
    const sources = open.flatMap((ask) => ask.sources.map(({ source }) => source))
    const times = await lockSources(tx, sources, now)
    const count = { times, lately, saved: new Map(), queued: new Map(), now }
    const decided = asks.map((ask, n) => problems[n] ?? countAsk(ask, count))
    await saveAsked(tx, [...count.saved.values()], now)
    return withWaits(tx, asks, decided, [...count.queued.values()])
  })
}

/** What is counted while the requests of a batch are decided, one after the other. */
type Count = {
  /** When each source asked before. */
  times: Map<string, Temporal.Instant[]>
  lately: { ofAll: number; ofDomain: Map<string, number> }
  saved: Map<string, AskedTimes>
  queued: Map<string, QueuedRequest>
  now: Temporal.Instant
}

function countAsk(ask: Ask, { times, lately, saved, queued, now }: Count): Decided {
  const decision = decide(ask, times, now)
  if (decision.kind === 'busy') return decision
  for (const asked of decision.asked) {
    times.set(asked.source, asked.times)
    saved.set(asked.source, asked)
  }
  const ofDomain = lately.ofDomain.get(ask.domain) ?? 0
  const waits = isRush({ ofAll: lately.ofAll, ofDomain })
  lately.ofAll += 1
  lately.ofDomain.set(ask.domain, ofDomain + 1)
  if (waits) queued.set(addressKey(ask.request.email), queuedOf(ask, now))
  return { kind: waits ? 'received' : 'open', earlier: decision.earlier }
}

type Decided =
  | { kind: 'received' | 'open'; earlier: EarlierRequest | undefined }
  | { kind: 'busy'; until: Temporal.Instant }
  | UserError

/** Puts requests into the queue, and says how long each of them waits. */
async function withWaits(
  tx: Tx,
  asks: Ask[],
  decided: Decided[],
  queued: QueuedRequest[],
): Promise<(Admission | UserError)[]> {
  await queueRequests(tx, queued)
  const counts =
    queued.length > 0
      ? await countQueued(
          tx,
          queued.map(({ domain }) => domain),
        )
      : undefined
  return decided.map((one, n) => {
    if (one instanceof UserError || one.kind === 'busy') return one
    if (one.kind === 'open') return { kind: 'open', earlier: one.earlier }
    const ofDomain = counts?.ofDomain.get(asks[n]?.domain ?? '') ?? 0
    return { ...one, kind: 'received', withinMinutes: minutesBehind({ ofAll: counts?.ofAll ?? 0, ofDomain }) }
  })
}

type Counted = { kind: 'counted'; asked: AskedTimes[]; earlier: EarlierRequest | undefined }

/** What the limits say of one request, by the times at which its sources asked before. */
function decide(
  { sources, domain, address }: Ask,
  times: Map<string, Temporal.Instant[]>,
  now: Temporal.Instant,
): Counted | { kind: 'busy'; until: Temporal.Instant } {
  const waits = sources.map((one) => {
    const before = times.get(one.source) ?? []
    return { ...one, before, until: mayAskFrom(one.kind, before, now) }
  })
  const ends = waits.flatMap((one) => (one.kind !== 'address' && one.until ? [one.until] : []))
  const until = ends.sort(Temporal.Instant.compare).at(-1)
  if (until) return { kind: 'busy', until }
  const asked = waits
    .filter((one) => !one.until)
    .map(({ source, kind, before }) => ({
      source,
      ...(kind === 'address' ? { domain, address } : { domain: null, address: null }),
      ...withNow(kind, before, now),
    }))
  const again = waits.find((one) => one.until)
  return { kind: 'counted', asked, earlier: again && earlierOf(again.before, again.until) }
}

function earlierOf(times: Temporal.Instant[], againFrom: Temporal.Instant | null): EarlierRequest | undefined {
  const at = times.at(-1)
  return at && againFrom ? { at, againFrom } : undefined
}

function askOf(app: App, request: FormRequest): Ask {
  const network = recordedSource(request.source)
  return {
    request,
    domain: mailDomainOf(request.email),
    address: askedMark(app.config.secretKeys[0] ?? '', request.email),
    network,
    sources: [
      { kind: 'source', source: limitedSource(request.source) },
      { kind: 'network', source: `network ${network}` },
      { kind: 'address', source: askedKey(app, request.email, network) },
    ],
  }
}

const queuedOf = ({ request, domain, network }: Ask, at: Temporal.Instant): QueuedRequest => ({
  email: addressKey(request.email),
  domain,
  signUp: request.signUp ?? null,
  source: network,
  at,
})

function problemOf(check: () => void): UserError | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

/** A keyed hash: the table does not tell which addresses were asked for. */
function askedKey({ config }: App, email: string, network: string): string {
  return macOf(config.secretKeys[0] ?? '', 'sign-up', `${addressKey(email)} ${network}`)
}
