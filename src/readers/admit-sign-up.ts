import type { App } from '../app.ts'
import { addressKey, mailDomainOf } from '../platform/address.ts'
import { macOf } from '../platform/mac.ts'
import {
  type CountedSource,
  isRush,
  limitedSource,
  mayAskFrom,
  recordedSource,
  withNow,
} from './rules/sign-up-limits.ts'
import { lockSources, saveAsked, signUpsOfMinute } from './store/sign-ups.ts'

/** Where a form came from: the client's address, and the value of the field that only robots fill in. */
export type SignUpSource = { source: string; honeypot?: string }

/** The address was asked for from this network `at` an earlier time; from `againFrom` on it can be asked for again. */
export type EarlierRequest = { at: Temporal.Instant; againFrom: Temporal.Instant }

/** `busy`: the network is over its limits until then. `isRush`: so many sign up that their mails wait in a queue. */
export type Admission =
  | { kind: 'admitted'; earlier?: EarlierRequest | undefined; isRush: boolean }
  | { kind: 'busy'; until: Temporal.Instant }

/**
 * Counts a request for an address against the limits of its source. It knows only who asked for which address, so that it
 * answers the same for the address of a reader and for any other. A refused request is not counted.
 */
export async function admitSignUp(app: App, { source }: SignUpSource, email: string): Promise<Admission> {
  const now = app.now()
  const network = recordedSource(source)
  const domain = mailDomainOf(email)
  const sources: CountedSource[] = [
    { kind: 'source', source: limitedSource(source) },
    { kind: 'network', source: `network ${network}` },
    { kind: 'address', source: askedKey(app, email, network) },
  ]
  const isManyNow = isRush(await signUpsOfMinute(app.db, domain, now))
  return app.db.transaction().execute(async (tx) => {
    const asked = await lockSources(tx, sources, now)
    const timesOf = ({ source: one }: CountedSource) => asked.get(one) ?? []
    const waits = sources.map((one) => ({ ...one, until: mayAskFrom(one.kind, timesOf(one), now) }))
    const [busy] = waits.filter(({ kind, until }) => kind !== 'address' && until).sort(byLatest)
    if (busy?.until) return { kind: 'busy', until: busy.until }
    const open = waits.filter(({ until }) => !until)
    const saved = open.map((one) => ({
      source: one.source,
      domain: one.kind === 'address' ? domain : null,
      ...withNow(one.kind, timesOf(one), now),
    }))
    await saveAsked(tx, saved, now)
    const earlier = waits.find(({ kind, until }) => kind === 'address' && until)
    return { kind: 'admitted', earlier: earlier && earlierOf(timesOf(earlier), earlier.until), isRush: isManyNow }
  })
}

function earlierOf(times: Temporal.Instant[], againFrom: Temporal.Instant | null): EarlierRequest | undefined {
  const at = times.at(-1)
  return at && againFrom ? { at, againFrom } : undefined
}

const byLatest = (a: { until: Temporal.Instant | null }, b: { until: Temporal.Instant | null }) =>
  a.until && b.until ? Temporal.Instant.compare(b.until, a.until) : 0

/** A keyed hash: the table does not tell which addresses were asked for. */
function askedKey({ config }: App, email: string, network: string): string {
  return macOf(config.secretKeys[0] ?? '', 'sign-up', `${addressKey(email)} ${network}`)
}
