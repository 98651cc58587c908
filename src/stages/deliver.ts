import type { App } from '../app.ts'
import { suppressionHash } from '../domain/address.ts'
import { verdictOf } from '../domain/delivery.ts'
import { type Claim, claimDeliveries, putBack, record, skip, submit } from '../store/deliveries.ts'
import type { Edition } from '../store/editions.ts'
import { type Addressee, addressees, editionsOf } from '../store/mailings.ts'
import { endRelayTrouble, noteRelayTrouble } from '../store/relay-trouble.ts'
import { suppress, suppressionKey } from '../store/suppressions.ts'
import { letterTo } from './letter-to.ts'

const batch = 50
const lanes = 4
const relayRest = Temporal.Duration.from({ seconds: 60 })

/** Sends what is due until nothing is; returns how many mails were accepted. */
export async function deliverMail(app: App, signal?: AbortSignal): Promise<number> {
  const key = await suppressionKey(app.db)
  let accepted = 0
  while (!signal?.aborted) {
    const claims = await claimDeliveries(app.db, app.worker.id, app.now(), batch)
    if (!claims.length) break
    const run = await openRun(app, claims, key)
    await Promise.all(Array.from({ length: lanes }, () => work(app, run, signal)))
    await putBack(app.db, app.worker.id, run.queue, run.relay ? app.now().add(relayRest) : app.now())
    accepted += run.accepted
    if (run.relay) break
    if (run.accepted) await endRelayTrouble(app.db)
  }
  return accepted
}

/** One batch on its way through the lanes; `relay` is why our own mail server cannot be used. */
type Run = {
  worker: string
  queue: Claim[]
  editions: Map<number, Edition>
  people: Map<number, Addressee>
  key: string
  accepted: number
  relay?: string
}

async function openRun(app: App, claims: Claim[], key: string): Promise<Run> {
  const editions = await editionsOf(app.db, claims)
  const people = await addressees(app.db, claims)
  return { worker: app.worker.id, queue: [...claims], editions, people, key, accepted: 0 }
}

async function work(app: App, run: Run, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted && !run.relay) {
    const claim = run.queue.shift()
    if (!claim) return
    await deliverOne(app, run, claim).catch((error: Error) => failOne(app, run, claim, error))
  }
}

async function deliverOne(app: App, run: Run, claim: Claim): Promise<void> {
  const edition = run.editions.get(claim.edition_id)!
  const person = run.people.get(claim.subscriber_id)!
  const guard = () => ({ kind: edition.kind, suppressionHash: suppressionHash(run.key, person.email), now: app.now() })
  const letter = letterTo(app.config, edition, person, claim)
  const outcome = await app.mail.send(letter, () => submit(app.db, run.worker, claim, guard()))
  if (!outcome) return skip(app.db, run.worker, claim, guard())
  if (outcome.kind === 'relay') return stopRun(app, run, claim, outcome.reply)
  const verdict = verdictOf(
    outcome,
    { kind: edition.kind, attempts: claim.attempts, datedAt: claim.dated_at },
    app.now(),
  )
  await keepTrying(() => record(app.db, run.worker, claim, verdict, app.now()))
  if (verdict.state === 'failed' && verdict.suppress) await suppressAddress(app, person.email, verdict.reply)
  if (verdict.state === 'accepted') run.accepted++
  app.log.info({ delivery: claim.id, state: verdict.state, attempt: claim.attempts }, 'delivered mail')
}

/** The relay is out of order or refuses us: no delivery fails for that, all wait, and the admin is told. */
async function stopRun(app: App, run: Run, claim: Claim, reason: string): Promise<void> {
  run.queue.push(claim)
  if (run.relay) return
  run.relay = reason
  app.log.error({ reason }, 'mail relay out of order')
  await noteRelayTrouble(app.db, reason, app.now())
}

/** What is wrong with one mail (a template, an address) ends that mail and delays no other. */
async function failOne(app: App, run: Run, claim: Claim, error: Error): Promise<void> {
  app.log.error({ delivery: claim.id, err: error }, 'could not send mail')
  const reply = `internal error: ${error.message}`
  await record(
    app.db,
    run.worker,
    claim,
    { state: 'failed', reason: 'internal error', reply, suppress: false },
    app.now(),
  )
}

/** An answer that is known must reach the ledger: the database may be away for a while, this worker's lease ends it. */
async function keepTrying(act: () => Promise<boolean>): Promise<void> {
  for (let wait = 250; ; wait = Math.min(wait * 2, 5_000)) {
    try {
      await act()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

/** The mail server says that the address is dead; writing to it again would cost us our name. */
async function suppressAddress(app: App, email: string, reply: string): Promise<void> {
  await app.db.transaction().execute((tx) => suppress(tx, email, reply.slice(0, 200), app.now()))
}
