import { type BodyAccount, type BodyBudget, createBodyBudget } from './body-budget.ts'
import { type Connections, openConnections } from './connections.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { errorFailure, type FetchOutcome } from './fetch-outcome.ts'
import { followRedirects } from './follow-redirects.ts'
import { createHostRateLimiter, type HostRateLimiter } from './host-rate.ts'
import { type Hop, readResponse } from './read-response.ts'
import { createHostResolver, type Resolve, samplesHost } from './resolve-host.ts'
import { createSsrfGuard, enterAdvice, type SsrfGuard } from './ssrf-guard.ts'
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
  /** The account of the body, for a caller that keeps the body; it is released by the caller. */
  account?: BodyAccount | undefined
  signal?: AbortSignal | undefined
  accept?: string | undefined
  /** The address was found in a feed or a page, and no admin entered it: FETCH_ALLOW does not hold for it. */
  isFound?: boolean | undefined
  /** Sent as a form by POST; redirects are then not followed. */
  form?: Record<string, string> | undefined
}

/**
 * `site` and `contact` say in every request who asks, to the people whose servers answer. `allow` is FETCH_ALLOW, and `countsAsPublic` names hosts, in the same form, that are no private ones; `maxBytes` counts decoded bytes; `timeoutMs` is for all redirects together; `gapMs` is the minimum
 * time between two requests to one host.
 */
export type FetcherOptions = {
  site: string
  contact: string
  allow: string[]
  countsAsPublic?: string[] | undefined
  /** The memory of all bodies; other parts of the process may use it too. */
  bodies?: BodyBudget | undefined
  samplesPort?: (() => number | undefined) | undefined
  resolve?: Resolve | undefined
  maxBytes?: number | undefined
  timeoutMs?: number | undefined
  gapMs?: number | undefined
}

export function createFetcher(options: FetcherOptions): Fetcher {
  const { allow, countsAsPublic = [], resolve, samplesPort, bodies = createBodyBudget() } = options
  const openBehind = (guard: SsrfGuard): Way => {
    return { guard, connections: openConnections(createHostResolver({ guard, resolve, samplesPort })) }
  }
  const ways = {
    entered: openBehind(createSsrfGuard({ allow, countsAsPublic })),
    found: openBehind(createSsrfGuard({ countsAsPublic, adviceFor: enterAdvice })),
  }
  const context: Context = {
    ways,
    userAgent: userAgentOf(options),
    limitRate: createHostRateLimiter({ maxConcurrent: 2, gapMs: options.gapMs ?? 1000, exempt: isThisMachine }),
    maxBytes: options.maxBytes ?? 10_000_000,
    timeoutMs: options.timeoutMs ?? 20_000,
  }
  return {
    async get(url, request = {}) {
      const account = request.account ?? bodies.open()
      try {
        return await fetchUrl(context, url, { ...request, account })
      } finally {
        if (!request.account) account.release()
      }
    },
    async close() {
      await Promise.all([ways.entered.connections.close(), ways.found.connections.close()])
    },
  }
}

/** How requests go out: what they may reach, and connections that no request of the other way uses. */
type Way = { guard: SsrfGuard; connections: Connections }

type Context = {
  ways: { entered: Way; found: Way }
  limitRate: HostRateLimiter
  userAgent: string
  maxBytes: number
  timeoutMs: number
}

const isThisMachine = (host: string) => host === samplesHost || host === 'localhost' || /^127\.|^\[::1\]$/.test(host)

/** Sends every request of a chain through the guard. Only the requests count against the time limit, not the waits between them and for memory. */
async function fetchUrl(context: Context, url: string, request: Accounted): Promise<FetchOutcome> {
  let leftMs = context.timeoutMs
  return followRedirects(url, (target, cookies) =>
    context.limitRate(
      target.hostname,
      async () => {
        const isFound = request.isFound || !isAtEntered(target, url)
        const deadline = startDeadline(leftMs)
        const hop = await sendRequest(context, target, { ...request, isFound, cookies }, deadline)
        leftMs = deadline.end()
        return request.form && hop.kind === 'redirect' ? redirectedForm : hop
      },
      request.signal,
    ),
  )
}

/** Whether a redirect stays where the admin's address is: at its origin, or at https of the same host. */
function isAtEntered(target: URL, entered: string): boolean {
  const { origin, hostname } = new URL(entered)
  return target.origin === origin || target.origin === `https://${hostname}`
}

const redirectedForm: Hop = {
  kind: 'end',
  outcome: { kind: 'failed', reason: 'the response to a form was a redirect' },
}

type Accounted = FetchRequest & { account: BodyAccount }
type SentRequest = Accounted & { cookies: string }

async function sendRequest(context: Context, url: URL, request: SentRequest, deadline: Deadline): Promise<Hop> {
  const signal = request.signal ? AbortSignal.any([request.signal, deadline.signal]) : deadline.signal
  const grow = (bytes: number) => deadline.pauseFor(() => request.account.grow(bytes, signal))
  const headers = requestHeaders(context.userAgent, request)
  const isConditional = 'if-none-match' in headers || 'if-modified-since' in headers
  const { guard, connections } = request.isFound ? context.ways.found : context.ways.entered
  try {
    guard.checkUrl(url)
    const hop = await connections.use(url.origin, async (client) => {
      const response = await client.request({
        path: url.pathname + url.search,
        method: request.form ? 'POST' : 'GET',
        headers,
        body: request.form ? new URLSearchParams(request.form).toString() : null,
        signal,
      })
      return readResponse(response, { url, isConditional, maxBytes: context.maxBytes, cap: request.cap ?? false, grow })
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
