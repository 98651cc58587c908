import { type Connections, type HttpResponse, openConnections } from './connections.ts'
import { readBody } from './fetch-body.ts'
import { explainFailure } from './fetch-failure.ts'
import { type FetchOutcome, type FetchRequest, headersKept, only, statusFailure } from './fetch-outcome.ts'
import { createHostRateLimiter } from './host-rate.ts'
import { createHostResolver, type Resolve, samplesHost } from './resolve-host.ts'
import { createSsrfGuard, type SsrfGuard } from './ssrf-guard.ts'

/** The only door to other people's servers: guarded, capped and polite. */
export type Fetcher = {
  /** Expected failures are outcomes; an aborted `signal` rejects with its reason. */
  get(url: string, request?: FetchRequest): Promise<FetchOutcome>
  close(): Promise<void>
}

/** `allow` is FETCH_ALLOW; `maxBytes` counts decoded bytes; `timeoutMs` is for all redirects together. */
export type FetcherOptions = {
  userAgent: string
  allow: string[]
  samplesPort?: (() => number | undefined) | undefined
  resolve?: Resolve | undefined
  maxBytes?: number | undefined
  timeoutMs?: number | undefined
}

export function createFetcher(options: FetcherOptions): Fetcher {
  const guard = createSsrfGuard(options.allow)
  const route = createHostResolver({ guard, resolve: options.resolve, samplesPort: options.samplesPort })
  const connections = openConnections(route)
  const pace = createHostRateLimiter({ atOnce: 2, gapMs: 1000, exempt: isOwnMachine })
  const limits = { maxBytes: options.maxBytes ?? 10_000_000, timeoutMs: options.timeoutMs ?? 20_000 }
  const house = { connections, guard, pace, userAgent: options.userAgent, ...limits }
  return { get: (url, request = {}) => follow(house, url, request), close: () => connections.close() }
}

type House = {
  connections: Connections
  guard: SsrfGuard
  pace: ReturnType<typeof createHostRateLimiter>
  userAgent: string
  maxBytes: number
  timeoutMs: number
}

const maxRedirects = 5
const isOwnMachine = (host: string) => host === samplesHost || host === 'localhost' || /^127\.|^\[::1\]$/.test(host)

type Hop = { kind: 'answer'; outcome: FetchOutcome } | { kind: 'redirect'; to: string; permanent: boolean }

/** Redirects are followed here, each through the guard; only the time spent on requests counts, not the polite waits. */
async function follow(house: House, url: string, request: FetchRequest): Promise<FetchOutcome> {
  let target = URL.parse(url)
  let permanentUrl: string | undefined
  let moved = false
  let leftMs = house.timeoutMs
  for (let hops = 0; hops <= maxRedirects; hops++) {
    if (!target) return { kind: 'refused', reason: 'the address is not a URL' }
    const here: URL = target
    const visit = async () => {
      const start = performance.now()
      const hop = await ask(house, here, request, Math.max(1, leftMs))
      leftMs -= performance.now() - start
      return hop
    }
    const hop: Hop = await house.pace(here.hostname, visit, request.signal)
    if (hop.kind === 'answer') return withPermanentUrl(hop.outcome, permanentUrl)
    if (request.form) return { kind: 'failed', reason: 'the answer to a form was a redirect' }
    target = URL.parse(hop.to, here)
    moved ||= !hop.permanent
    if (!moved && target) permanentUrl = target.href
  }
  return { kind: 'failed', reason: `more than ${maxRedirects} redirects` }
}

function withPermanentUrl(outcome: FetchOutcome, permanentUrl?: string): FetchOutcome {
  return outcome.kind === 'fetched' && permanentUrl ? { ...outcome, permanentUrl } : outcome
}

async function ask(house: House, url: URL, request: FetchRequest, leftMs: number): Promise<Hop> {
  const deadline = AbortSignal.timeout(Math.ceil(leftMs))
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline
  try {
    house.guard.checkUrl(url)
    return await house.connections.use(url.origin, async (client) => {
      const answer = await client.request({
        path: url.pathname + url.search,
        method: request.form ? 'POST' : 'GET',
        headers: requestHeaders(house.userAgent, request),
        body: request.form ? new URLSearchParams(request.form).toString() : null,
        signal,
      })
      return understand(answer, url, house.maxBytes)
    })
  } catch (error) {
    request.signal?.throwIfAborted()
    return { kind: 'answer', outcome: explainFailure(error, url.hostname) }
  }
}

const feedTypes =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5'

function requestHeaders(userAgent: string, request: FetchRequest): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: request.accept ?? feedTypes,
    'accept-encoding': 'gzip, br, deflate',
    ...(request.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    ...(request.etag ? { 'if-none-match': request.etag } : {}),
    ...(request.lastModified ? { 'if-modified-since': request.lastModified } : {}),
  }
}

async function understand(answer: HttpResponse, url: URL, maxBytes: number): Promise<Hop> {
  const { statusCode: status, body } = answer
  if (status === 200 || status === 202 || status === 203 || status === 204) {
    const { bytes, hash } = await readBody(body, only(answer.headers['content-encoding']) ?? '', maxBytes)
    const headers = headersKept(answer.headers)
    return { kind: 'answer', outcome: { kind: 'fetched', status, url: url.href, headers, body: bytes, bodyHash: hash } }
  }
  await body.dump({ limit: 65_536 })
  const location = only(answer.headers.location)
  if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
    return { kind: 'redirect', to: location, permanent: status === 301 || status === 308 }
  }
  if (status === 304) return { kind: 'answer', outcome: { kind: 'not-modified', ...headersKept(answer.headers) } }
  return { kind: 'answer', outcome: statusFailure(status, headersKept(answer.headers), url.hostname) }
}
