import { setTimeout as delay } from 'node:timers/promises'
import type { App } from '../app.ts'
import { editionsById } from '../editions/store/editions.ts'
import { suppressionHash } from '../platform/address.ts'
import { type ComposedEdition, composeEdition } from './compose.ts'
import { mailDomainOf, onlyEligible } from './eligibility.ts'
import { retryForever } from './retry-forever.ts'
import { waitsFor } from './rules/wait-reasons.ts'
import { type Claim, claimDeliveries, forgetClaims, putBack, undoClaim } from './store/claims.ts'
import { type Begin, skipIneligible } from './store/record-and-begin.ts'
import { reserveSends } from './store/send-limits.ts'
import { returnShare } from './warm-up-share.ts'

/** A mail to be sent: whose, and what. */
export type Task = Begin & { edition: ComposedEdition }

/** Mails that are due, claimed ahead of the lanes that send them so that no connection waits for the database. */
export type ClaimBuffer = {
  /** The next mail, the fast lanes first; undefined when none is at hand. */
  next(): Task | undefined
  /** Waits until there is more; false when nothing is due. */
  more(): Promise<boolean>
  /** Puts back what waits here for a mail domain that wants less. */
  withhold(domain: string, dueAt: Temporal.Instant): Promise<void>
  /** Puts back what waits here of an edition that is paused. */
  withdraw(edition: number): Promise<void>
  /** A mail that could not be begun, for another sender or for later. */
  giveBack(task: Task): void
  /** This claim is settled, whatever became of it. */
  done(claim: Claim): void
  /** Gives back what was claimed and not begun, to be due at `dueAt`; `reason` is what it waits for. */
  close(dueAt: Temporal.Instant, reason?: string): Promise<void>
}

const least = 40
const most = 400
const keptLetters = 64

export function createClaimBuffer(app: App, suppressionKey: string, signal: AbortSignal): ClaimBuffer {
  const letters = new Map<number, ComposedEdition>()
  const held = new Map<number, number>()
  /** Claimed, but it is not known yet whether they may be sent now. */
  let unchecked: Begin[] = []
  /** Those that may; their editions are not read yet. */
  let bare: Begin[] = []
  let queue: Task[] = []
  let finished: number[] = []
  let fetching: Promise<boolean> | undefined
  let batch = least
  const perSecond = app.config.sendRate ?? Number.POSITIVE_INFINITY

  async function fetch(): Promise<boolean> {
    if (signal.aborted) return false
    while (!bare.length) {
      if (!unchecked.length && !(await claim())) return false
      await check()
    }
    await loadLetters()
    const tasks = bare.map((begin) => ({ ...begin, edition: letters.get(begin.claim.edition_id)! }))
    bare = []
    for (const edition of [...letters.keys()].slice(0, -keptLetters)) letters.delete(edition)
    queue = [...queue, ...tasks].sort((a, b) => a.claim.priority - b.claim.priority)
    return true
  }

  /** False when nothing is due. */
  async function claim(): Promise<boolean> {
    const forgotten = finished
    const limit = Math.ceil(Math.min(batch, perSecond, app.mail.perSecond))
    const claims = await claimSurely(limit, forgotten)
    finished = finished.slice(forgotten.length)
    if (claims.length === limit) batch = Math.min(batch * 2, most)
    for (const { claim_id } of claims) held.set(claim_id, (held.get(claim_id) ?? 0) + 1)
    unchecked = claims.map((claim) => ({ claim, suppressionHash: suppressionHash(suppressionKey, claim.email) }))
    return claims.length > 0
  }

  /** All of them may have to wait. Should it fail, they are checked again. */
  async function check(): Promise<void> {
    // Whoever has left meanwhile: the mail server need not even hear of them.
    const hindered = await skipIneligible(app.ledger, unchecked, app.now())
    for (const { claim } of unchecked) if (hindered.has(claim.id)) done(claim)
    unchecked = unchecked.filter(({ claim }) => !hindered.has(claim.id))
    const claims = unchecked.map(({ claim }) => claim)
    const ready = new Set(await onlyEligible(app, claims))
    for (const { claim } of unchecked) if (!ready.has(claim)) done(claim)
    bare = unchecked.filter(({ claim }) => ready.has(claim))
    unchecked = []
    if (!app.config.sendRate || !bare.length) return
    await pause(await retryForever(app, {}, () => reserveSends(app.ledger, 'all', perSecond, bare.length)))
  }

  /** When the connection breaks, the database may have claimed for us and could not say what. */
  async function claimSurely(limit: number, forgotten: number[]): Promise<Claim[]> {
    const [worker, at] = [app.worker.id, app.now()]
    try {
      return await claimDeliveries(app.ledger, worker, at, limit, forgotten)
    } catch (error) {
      await retryForever(app, {}, () => undoClaim(app.ledger, worker, at))
      throw error
    }
  }

  /** The rate is shared by all workers: this many places were taken, and their time has not come. */
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => {})

  async function loadLetters(): Promise<void> {
    const missing = new Set(bare.map(({ claim }) => claim.edition_id).filter((id) => !letters.has(id)))
    for (const edition of await editionsById(app.ledger, [...missing]))
      letters.set(edition.id, composeEdition(app, edition))
  }

  function more(): Promise<boolean> {
    fetching ??= fetch().finally(() => {
      fetching = undefined
    })
    return fetching
  }

  function done({ claim_id }: Claim): void {
    const left = held.get(claim_id)! - 1
    if (left) return void held.set(claim_id, left)
    held.delete(claim_id)
    finished = [...finished, claim_id]
  }

  /** Nobody else has them: they must be put back. */
  async function giveUp(claims: Claim[], dueAt: Temporal.Instant | null, reason?: string): Promise<void> {
    await retryForever(app, { claims: claims.length }, () => putBack(app.ledger, claims, dueAt, reason))
    for (const claim of claims) done(claim)
  }

  /** A failure costs a part of one day's share, and no mail. */
  const giveBackShare = (claims: Claim[]): Promise<void> => returnShare(app, claims).catch(() => {})

  async function drop(which: (task: Task) => boolean, dueAt: Temporal.Instant | null, reason: string): Promise<void> {
    await fetching?.catch(() => {}) // it may bring more of them
    const dropped = queue.filter(which).map(({ claim }) => claim)
    queue = queue.filter((task) => !which(task))
    await giveUp(dropped, dueAt, reason)
    await giveBackShare(dropped)
  }

  return {
    next() {
      const task = queue.shift()
      if (task && queue.length < batch / 2) more().catch(() => {}) // who finds nothing at hand asks, and hears of it
      return task
    },
    more,
    withhold: (domain, dueAt) =>
      drop(({ claim }) => mailDomainOf(claim.email) === domain, dueAt, waitsFor.domain(domain)),
    withdraw: (edition) => drop(({ claim }) => claim.edition_id === edition, null, waitsFor.person),
    giveBack: (task) => void queue.unshift(task),
    done,
    async close(dueAt, reason) {
      await fetching?.catch(() => {})
      const ready = [...queue, ...bare].map(({ claim }) => claim)
      const rest = [...ready, ...unchecked.map(({ claim }) => claim)]
      queue = []
      await giveUp(rest, dueAt, reason)
      await giveBackShare(ready)
      await forgetClaims(app.db, finished).catch(() => {}) // a claim that holds nothing does no harm
    },
  }
}
