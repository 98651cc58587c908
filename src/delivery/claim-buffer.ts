import { setTimeout as delay } from 'node:timers/promises'
import type { App } from '../app.ts'
import { editionsById } from '../editions/store/editions.ts'
import { mailDomainOf, suppressionHash } from '../platform/address.ts'
import { retryForever } from '../platform/retry-forever.ts'
import { type ComposedEdition, composeEdition } from './compose.ts'
import { eligibilityFilters } from './eligibility.ts'
import { waitsFor } from './rules/wait-reasons.ts'
import { type Claim, claimDeliveries, deleteClaims, releaseClaims, releaseLostClaim } from './store/claims.ts'
import type { Begin } from './store/record-and-begin.ts'
import { reserveSends } from './store/send-limits.ts'
import { returnWarmUpShare } from './warm-up-share.ts'

/** A mail to be sent: its claim, and the edition that it is a copy of. */
export type Task = Begin & { edition: ComposedEdition }

/** Mails that are claimed ahead of the connections that send them, so that no connection waits for the database. */
export type ClaimBuffer = {
  /** The next mail, the most urgent first; undefined when the buffer is empty. */
  take(): Task | undefined
  /** Claims more mails; false when nothing is due. */
  refill(): Promise<boolean>
  /** Takes back a mail that could not be begun, for another connection or for `close`. */
  putBack(task: Task): void
  /** Releases what waits here for a mail domain (due again at `until`) or of an edition (when a person resumes it). */
  release(which: { domain: string; until: Temporal.Instant } | { edition: number }): Promise<void>
  /** Says that the ledger has the result of this claim. */
  settle(claim: Claim): void
  /** Releases all that was not begun: due again at `dueAt`, for the reason `waitsFor`. */
  close(dueAt: Temporal.Instant, waitsFor?: string): Promise<void>
}

const firstBatch = 40
const maxBatch = 400
const maxEditionsKept = 64

/** Everything that a buffer holds. Between its steps a mail stands in exactly one of the three lists. */
type Buffer = {
  app: App
  suppressionKey: string
  signal: AbortSignal
  /** Claimed; whether they may be sent now is not known yet. */
  unchecked: Begin[]
  /** These may be sent; their editions are not composed yet. */
  eligible: Begin[]
  queue: Task[]
  editions: Map<number, ComposedEdition>
  /** How many deliveries each claim still holds. */
  held: Map<number, number>
  /** Claims that hold no delivery any more; the next claim deletes them. */
  empty: number[]
  refilling: Promise<boolean> | undefined
  batch: number
}

export function createClaimBuffer(app: App, suppressionKey: string, signal: AbortSignal): ClaimBuffer {
  const buffer: Buffer = {
    app,
    suppressionKey,
    signal,
    unchecked: [],
    eligible: [],
    queue: [],
    editions: new Map(),
    held: new Map(),
    empty: [],
    refilling: undefined,
    batch: firstBatch,
  }
  return {
    take() {
      const task = buffer.queue.shift()
      // A failure is heard by the connection that finds the buffer empty: it refills again.
      if (task && buffer.queue.length < buffer.batch / 2) refillOnce(buffer).catch(() => {})
      return task
    },
    refill: () => refillOnce(buffer),
    putBack: (task) => void buffer.queue.unshift(task),
    release: (which) => release(buffer, which),
    settle: (claim) => settle(buffer, claim),
    close: (dueAt, reason) => close(buffer, dueAt, reason),
  }
}

/** However many connections ask, the buffer is refilled by one of them. */
function refillOnce(buffer: Buffer): Promise<boolean> {
  buffer.refilling ??= refill(buffer).finally(() => {
    buffer.refilling = undefined
  })
  return buffer.refilling
}

/** One batch: claimed, checked, composed. A step that fails leaves its mails in their list, for the next refill. */
async function refill(buffer: Buffer): Promise<boolean> {
  if (buffer.signal.aborted) return false
  while (!buffer.eligible.length) {
    if (!buffer.unchecked.length && !(await claimBatch(buffer))) return false
    await check(buffer)
  }
  await compose(buffer)
  return true
}

/** False when nothing is due. */
async function claimBatch(buffer: Buffer): Promise<boolean> {
  const { app, empty, held, suppressionKey } = buffer
  const limit = Math.ceil(Math.min(buffer.batch, app.config.sendRate ?? Number.POSITIVE_INFINITY, app.mail.perSecond))
  const claims = await claimSurely(app, limit, empty)
  buffer.empty = buffer.empty.slice(empty.length)
  if (claims.length === limit) buffer.batch = Math.min(buffer.batch * 2, maxBatch)
  for (const { claim_id } of claims) held.set(claim_id, (held.get(claim_id) ?? 0) + 1)
  buffer.unchecked = claims.map((claim) => ({ claim, suppressionHash: suppressionHash(suppressionKey, claim.email) }))
  return claims.length > 0
}

/** When the connection breaks, the database may have made the claim without being able to say so. */
async function claimSurely(app: App, limit: number, empty: number[]): Promise<Claim[]> {
  const [worker, at] = [app.worker.id, app.now()]
  try {
    return await claimDeliveries(app.ledger, worker, at, limit, empty)
  } catch (error) {
    await retryForever(app, {}, () => releaseLostClaim(app.ledger, worker, at))
    throw error
  }
}

/** Perhaps none of them may be sent now. SEND_RATE is shared by all workers: the places are taken, and their time awaited. */
async function check(buffer: Buffer): Promise<void> {
  const { app, signal } = buffer
  for (const filter of eligibilityFilters) {
    if (buffer.unchecked.length) keepPassed(buffer, await filter(app, buffer.unchecked))
  }
  buffer.eligible = buffer.unchecked
  buffer.unchecked = []
  const { sendRate } = app.config
  const count = buffer.eligible.length
  if (!sendRate || !count) return
  const waitMs = await retryForever(app, {}, () => reserveSends(app.ledger, 'all', sendRate, count))
  await delay(waitMs, undefined, { signal }).catch(() => {})
}

/** A filter has released the claims of all others. */
function keepPassed(buffer: Buffer, passed: Begin[]): void {
  const kept = new Set(passed)
  for (const begin of buffer.unchecked) if (!kept.has(begin)) settle(buffer, begin.claim)
  buffer.unchecked = passed
}

async function compose(buffer: Buffer): Promise<void> {
  const { app, editions, eligible } = buffer
  const missing = new Set(eligible.map(({ claim }) => claim.edition_id).filter((id) => !editions.has(id)))
  for (const edition of await editionsById(app.ledger, [...missing])) {
    editions.set(edition.id, composeEdition(app, edition))
  }
  const tasks = eligible.map((begin) => ({ ...begin, edition: editions.get(begin.claim.edition_id)! }))
  buffer.eligible = []
  for (const edition of [...editions.keys()].slice(0, -maxEditionsKept)) editions.delete(edition)
  buffer.queue = [...buffer.queue, ...tasks].sort((a, b) => a.claim.priority - b.claim.priority)
}

function settle(buffer: Buffer, { claim_id }: Claim): void {
  const left = (buffer.held.get(claim_id) ?? 1) - 1
  if (left) return void buffer.held.set(claim_id, left)
  buffer.held.delete(claim_id)
  buffer.empty = [...buffer.empty, claim_id]
}

async function release(buffer: Buffer, which: Parameters<ClaimBuffer['release']>[0]): Promise<void> {
  await buffer.refilling?.catch(() => {}) // it may bring more of them
  const [dueAt, reason] = 'domain' in which ? [which.until, waitsFor.domain(which.domain)] : [null, waitsFor.person]
  const isMeant = ({ claim }: Task): boolean =>
    'domain' in which ? mailDomainOf(claim.email) === which.domain : claim.edition_id === which.edition
  const released = buffer.queue.filter(isMeant).map(({ claim }) => claim)
  buffer.queue = buffer.queue.filter((task) => !isMeant(task))
  await releaseSurely(buffer, released, dueAt, reason)
  await returnShare(buffer, released)
}

async function close(buffer: Buffer, dueAt: Temporal.Instant, reason: string | undefined): Promise<void> {
  await buffer.refilling?.catch(() => {})
  const eligible = [...buffer.queue, ...buffer.eligible].map(({ claim }) => claim)
  buffer.queue = []
  await releaseSurely(buffer, [...eligible, ...buffer.unchecked.map(({ claim }) => claim)], dueAt, reason)
  await returnShare(buffer, eligible)
  await deleteClaims(buffer.app.db, buffer.empty).catch(() => {}) // a claim that holds nothing does no harm
}

/** No other worker can release them while this one lives. */
async function releaseSurely(
  buffer: Buffer,
  claims: Claim[],
  dueAt: Temporal.Instant | null,
  reason: string | undefined,
): Promise<void> {
  const { app } = buffer
  await retryForever(app, { claims: claims.length }, () =>
    releaseClaims(app.ledger, claims, { state: 'due', dueAt, waitsFor: reason }, app.now()),
  )
  for (const claim of claims) settle(buffer, claim)
}

/** A failure here costs a part of one daily limit, and no mail. */
const returnShare = ({ app }: Buffer, claims: Claim[]): Promise<void> => returnWarmUpShare(app, claims).catch(() => {})
