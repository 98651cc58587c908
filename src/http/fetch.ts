import { type Connections, type HttpResponse, openConnections } from './connections.ts'
import { readBody } from './fetch-body.ts'
import { errorFailure, type FetchOutcome, statusFailure } from './fetch-outcome.ts'
import { createHostRateLimiter, type HostRateLimiter } from './host-rate.ts'
import { createHostResolver, type Resolve, samplesHost } from './resolve-host.ts'
import { fetchHeaders, firstValue } from './response-headers.ts'
import { createSsrfGuard, type SsrfGuard } from './ssrf-guard.ts'

/** Sends every request to other people's servers: with the SSRF guard, limits on size and time, and limits per host. */
export type Fetcher = {
  /** Expected failures are outcomes; an aborted `signal` rejects with its reason. */
  get(url: string, request?: FetchRequest): Promise<FetchOutcome>
  close(): Promise<void>
}

/** `etag` and `lastModified` go back exactly as the server sent them. */
export type FetchRequest = {
  etag?: string | null | undefined
  lastModified?: string | null | undefined
  signal?: AbortSignal | undefined
  accept?: string | undefined
  /** Sent as a form by POST; redirects are then not followed. */
  form?: Record<string, string> | undefined
}

/**
 * `site` and `contact` say in every request who asks, to the people whose servers answer. `allow` is FETCH_ALLOW; `maxBytes` counts decoded bytes; `timeoutMs` is for all redirects together; `gapMs` is the minimum
 * time between two requests to one host.
 */
export type FetcherOptions = {
  site: string
  contact: string
  allow: string[]
  samplesPort?: (() => number | undefined) | undefined
  resolve?: Resolve | undefined
  maxBytes?: number | undefined
  timeoutMs?: number | undefined
  gapMs?: number | undefined
}

export function createFetcher(options: FetcherOptions): Fetcher {
  const guard = createSsrfGuard(options.allow)
  const { resolve, samplesPort } = options
  const connections = openConnections(createHostResolver({ guard, resolve, samplesPort }))
  const context: Context = {
    connections,
    guard,
    userAgent: userAgentOf(options),
    limitRate: createHostRateLimiter({ maxConcurrent: 2, gapMs: options.gapMs ?? 1000, exempt: isThisMachine }),
    maxBytes: options.maxBytes ?? 10_000_000,
    timeoutMs: options.timeoutMs ?? 20_000,
  }
  return { get: (url, request = {}) => fetchUrl(context, url, request), close: () => connections.close() }
}

type Context = {
  connections: Connections
  guard: SsrfGuard
  limitRate: HostRateLimiter
  userAgent: string
  maxBytes: number
  timeoutMs: number
}

const maxRedirects = 5
const isThisMachine = (host: string) => host === samplesHost || host === 'localhost' || /^127\.|^\[::1\]$/.test(host)

/** What one request of a chain of redirects led to. */
type Hop = { kind: 'end'; outcome: FetchOutcome } | { kind: 'redirect'; to: string; permanent: boolean }

/** Follows redirects, each through the guard. Only the requests count against the time limit, not the waits between them. */
async function fetchUrl(context: Context, url: string, request: FetchRequest): Promise<FetchOutcome> {
  let target = URL.parse(url)
  let permanentUrl: string | undefined
  let isPermanent = true
  let leftMs = context.timeoutMs
  for (let hops = 0; hops <= maxRedirects; hops++) {
    if (!target) return { kind: 'refused', reason: 'the address is not a URL' }
    const here: URL = target
    const send = async () => {
      const start = performance.now()
      const hop = await sendRequest(context, here, request, Math.max(1, leftMs))
      leftMs -= performance.now() - start
      return hop
    }
    const hop: Hop = await context.limitRate(here.hostname, send, request.signal)
    if (hop.kind === 'end') return withPermanentUrl(hop.outcome, permanentUrl)
    if (request.form) return { kind: 'failed', reason: 'the response to a form was a redirect' }
    target = URL.parse(hop.to, here)
    isPermanent &&= hop.permanent
    if (isPermanent && target) permanentUrl = target.href
  }
  return { kind: 'failed', reason: `more than ${maxRedirects} redirects` }
}

function withPermanentUrl(outcome: FetchOutcome, permanentUrl?: string): FetchOutcome {
  return outcome.kind === 'fetched' && permanentUrl ? { ...outcome, permanentUrl } : outcome
}

async function sendRequest(context: Context, url: URL, request: FetchRequest, leftMs: number): Promise<Hop> {
  const deadline = AbortSignal.timeout(Math.ceil(leftMs))
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline
  try {
    context.guard.checkUrl(url)
    return await context.connections.use(url.origin, async (client) => {
      const response = await client.request({
        path: url.pathname + url.search,
        method: request.form ? 'POST' : 'GET',
        headers: requestHeaders(context.userAgent, request),
        body: request.form ? new URLSearchParams(request.form).toString() : null,
        signal,
      })
      return readResponse(response, url, context.maxBytes)
    })
  } catch (error) {
    request.signal?.throwIfAborted()
    return { kind: 'end', outcome: errorFailure(error, url.hostname) }
  }
}

const feedTypes =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5'

/**
 * `Sitrep/0.1 (+https://site; contact)` in printable ASCII. Of a contact with other letters, only its mail address is kept:
 * a header field that no server can read would fail every poll.
 */
function userAgentOf({ site, contact }: Pick<FetcherOptions, 'site' | 'contact'>): string {
  const isPrintable = (text: string) => /^[ -~]+$/.test(text)
  const address = /[!-~]+@[!-~]+/.exec(contact)?.[0].replace(/^<|>$/g, '')
  const said = [`+${site}`, isPrintable(contact) ? contact : address].filter((part) => part && isPrintable(part))
  return `Sitrep/0.1 (${said.join('; ').replace(/[()\\]/g, '\\$&')})`
}

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

const documentStatuses = [200, 202, 203, 204]
const redirectStatuses = [301, 302, 303, 307, 308]
/** A body that nothing needs is read up to this size, so that the connection can be used again. */
const maxUnusedBytes = 65_536

async function readResponse(response: HttpResponse, url: URL, maxBytes: number): Promise<Hop> {
  const { statusCode: status, body } = response
  const headers = fetchHeaders(response.headers)
  if (documentStatuses.includes(status)) {
    const { bytes, hash } = await readBody(body, firstValue(response.headers['content-encoding']) ?? '', maxBytes)
    return { kind: 'end', outcome: { kind: 'fetched', status, url: url.href, headers, body: bytes, bodyHash: hash } }
  }
  await body.dump({ limit: maxUnusedBytes })
  const location = firstValue(response.headers.location)
  if (redirectStatuses.includes(status) && location !== undefined)
    return { kind: 'redirect', to: location, permanent: status === 301 || status === 308 }
  if (status === 304) return { kind: 'end', outcome: { kind: 'not-modified', ...headers } }
  return { kind: 'end', outcome: statusFailure(status, headers, url.hostname) }
}
