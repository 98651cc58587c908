import { CookieJar } from 'tough-cookie'
import { shownUrl } from '../platform/text/shown-url.ts'
import type { FetchOutcome } from './fetch-outcome.ts'
import type { Hop } from './read-response.ts'

/** Sends one request of a chain, with the cookies that the chain has for it. */
export type SendHop = (url: URL, cookies: string) => Promise<Hop>

/** What browsers follow is 20; no feed needs so many. */
const maxRedirects = 10

/**
 * Follows redirects until something else comes. Cookies of this chain go where they belong (RFC 6265, section 5.4), and are
 * forgotten at its end. A chain that comes back to an address with the same cookies would go on for ever.
 */
export async function followRedirects(url: string, send: SendHop): Promise<FetchOutcome> {
  const chain: Chain = { permanentUrl: undefined, isPermanent: true, cookies: undefined, seen: new Set() }
  let target = URL.parse(url)
  while (target && chain.seen.size <= maxRedirects) {
    const cookies = chain.cookies?.getCookieStringSync(target.href) ?? ''
    const state = `${target.href}\n${cookies}`
    if (chain.seen.has(state)) return inCircle(target)
    chain.seen.add(state)
    const hop = await send(target, cookies)
    if (hop.kind === 'end') return withPermanentUrl(hop.outcome, chain.permanentUrl)
    target = nextTarget(chain, target, hop)
  }
  if (!target) return { kind: 'refused', reason: chain.seen.size ? badRedirect : 'the address is not a URL' }
  return { kind: 'failed', reason: `more than ${maxRedirects} redirects, the last one to ${shownUrl(target.href)}` }
}

/** `seen` holds each address with the cookies that were sent to it. The jar is made when the first cookie comes. */
type Chain = {
  permanentUrl: string | undefined
  isPermanent: boolean
  cookies: CookieJar | undefined
  seen: Set<string>
}

const badRedirect = 'the server redirects to something that is not a URL'

const inCircle = ({ href }: URL): FetchOutcome => ({
  kind: 'failed',
  reason: `the server redirects in a circle, back to ${shownUrl(href)}`,
})

function nextTarget(chain: Chain, from: URL, { to, permanent, cookies }: Hop & { kind: 'redirect' }): URL | null {
  for (const cookie of cookies.slice(0, maxCookies)) {
    chain.cookies ??= new CookieJar()
    chain.cookies.setCookieSync(cookie, from.href, { ignoreError: true })
  }
  const target = URL.parse(to, from)
  chain.isPermanent &&= permanent
  if (chain.isPermanent && target) chain.permanentUrl = target.href
  return target
}

/** Of one response. */
const maxCookies = 20

function withPermanentUrl(outcome: FetchOutcome, permanentUrl?: string): FetchOutcome {
  return outcome.kind === 'fetched' && permanentUrl ? { ...outcome, permanentUrl } : outcome
}
