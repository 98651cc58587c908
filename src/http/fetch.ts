import { type Connections, openConnections } from './connections.ts'
import { errorFailure, type FetchOutcome } from './fetch-outcome.ts'
import { followRedirects } from './follow-redirects.ts'
import { createHostRateLimiter, type HostRateLimiter } from './host-rate.ts'
import { type Hop, readResponse } from './read-response.ts'
import { createHostResolver, type Resolve, samplesHost } from './resolve-host.ts'
import { createSsrfGuard, type SsrfGuard } from './ssrf-guard.ts'
import { userAgentOf } from './user-agent.ts'

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
  /** Asks caches on the way for the document of its own server (RFC 9111, section 5.2.1.4). */
  pastCaches?: boolean | undefined
  /** Reads a document that is too large up to `maxBytes`; without it such a document is a failure. */
  cap?: boolean | undefined
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

const isThisMachine = (host: string) => host === samplesHost || host === 'localhost' || /^127\.|^\[::1\]$/.test(host)

/** Sends every request of a chain through the guard. Only the requests count against the time limit, not the waits between them. */
async function fetchUrl(context: Context, url: string, request: FetchRequest): Promise<FetchOutcome> {
  let leftMs = context.timeoutMs
  return followRedirects(url, (target, cookies) =>
    context.limitRate(
      target.hostname,
      async () => {
        const start = performance.now()
        const hop = await sendRequest(context, target, { ...request, cookies }, Math.max(1, leftMs))
        leftMs -= performance.now() - start
        return request.form && hop.kind === 'redirect' ? redirectedForm : hop
      },
      request.signal,
    ),
  )
}

const redirectedForm: Hop = {
  kind: 'end',
  outcome: { kind: 'failed', reason: 'the response to a form was a redirect' },
}

type SentRequest = FetchRequest & { cookies: string }

async function sendRequest(context: Context, url: URL, request: SentRequest, leftMs: number): Promise<Hop> {
  const deadline = AbortSignal.timeout(Math.ceil(leftMs))
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline
  const headers = requestHeaders(context.userAgent, request)
  const isConditional = 'if-none-match' in headers || 'if-modified-since' in headers
  try {
    context.guard.checkUrl(url)
    const hop = await context.connections.use(url.origin, async (client) => {
      const response = await client.request({
        path: url.pathname + url.search,
        method: request.form ? 'POST' : 'GET',
        headers,
        body: request.form ? new URLSearchParams(request.form).toString() : null,
        signal,
      })
      return readResponse(response, { url, isConditional, maxBytes: context.maxBytes, cap: request.cap ?? false })
    })
    request.signal?.throwIfAborted()
    return hop
  } catch (error) {
    request.signal?.throwIfAborted()
    return { kind: 'end', outcome: errorFailure(error, url.hostname) }
  }
}

const feedTypes =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5'

function requestHeaders(userAgent: string, request: SentRequest): Record<string, string> {
  const { accept = feedTypes, cookies, pastCaches, form, etag, lastModified } = request
  return {
    'user-agent': userAgent,
    accept,
    'accept-encoding': 'gzip, br, deflate',
    ...(cookies ? { cookie: cookies } : {}),
    ...(pastCaches ? { 'cache-control': 'no-cache' } : {}),
    ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  }
}
