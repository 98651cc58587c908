import { freshForSeconds, retryAfterSeconds } from './cache-headers.ts'

/** `etag` and `lastModified` go back exactly as the server sent them. */
export type FetchRequest = {
  etag?: string | null | undefined
  lastModified?: string | null | undefined
  signal?: AbortSignal | undefined
  accept?: string | undefined
  /** Sent as a form by POST; redirects are then not followed. */
  form?: Record<string, string> | undefined
}

/** What the answer said about itself, as it was written; `maxAgeS` is how long it stays fresh by these headers. */
type HeaderName = 'etag' | 'lastModified' | 'cacheControl' | 'expires' | 'retryAfter' | 'contentType' | 'date'
export type FetchHeaders = Partial<Record<HeaderName, string | undefined>> & { maxAgeS?: number | undefined }

/** `url` is where the answer came from; `permanentUrl` is where the feed moved for good, if it did. */
export type Fetched = {
  kind: 'fetched'
  status: number
  url: string
  headers: FetchHeaders
  body: Uint8Array
  bodyHash: string
  permanentUrl?: string | undefined
}

export type FetchOutcome =
  | Fetched
  | ({ kind: 'not-modified' } & FetchHeaders)
  | { kind: 'refused'; reason: string }
  /** `retryAfterS` is meant for all of `host`, which answered so. */
  | {
      kind: 'failed'
      reason: string
      status?: number | undefined
      host?: string | undefined
      retryAfterS?: number | undefined
      gone?: boolean | undefined
    }

type AnswerHeaders = Record<string, string | string[] | undefined>

/** An answer that is neither a feed, a redirect nor "not modified". */
export function statusFailure(status: number, headers: FetchHeaders, host: string): FetchOutcome {
  const retryAfterS = retryAfterSeconds(headers.retryAfter, headers.date) ?? undefined
  return {
    kind: 'failed',
    reason: `the server answers ${status}`,
    status,
    host,
    retryAfterS,
    gone: status === 410 || undefined,
  }
}

/** The headers that polling needs, of all that came. */
export function headersKept(headers: AnswerHeaders): FetchHeaders {
  const kept = {
    etag: only(headers.etag),
    lastModified: only(headers['last-modified']),
    cacheControl: only(headers['cache-control']),
    expires: only(headers.expires),
    retryAfter: only(headers['retry-after']),
    contentType: only(headers['content-type']),
    date: only(headers.date),
  }
  return { ...kept, maxAgeS: freshForSeconds(kept) ?? undefined }
}

/** A header that came more than once counts as its first value. */
export function only(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
