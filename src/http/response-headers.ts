import { parseHttpDate } from '../platform/text/parse-http-date.ts'

type HeaderName = 'etag' | 'lastModified' | 'cacheControl' | 'expires' | 'retryAfter' | 'contentType' | 'date'

/** The headers that polling needs, as the server wrote them. `maxAgeS` is for how many seconds the response stays fresh. */
export type FetchHeaders = Partial<Record<HeaderName, string | undefined>> & { maxAgeS?: number | undefined }

/** All headers of a response, by their names in lower case. */
export type ResponseHeaders = Record<string, string | string[] | undefined>

/** Picks the headers that polling needs. */
export function fetchHeaders(headers: ResponseHeaders): FetchHeaders {
  const kept = {
    etag: firstValue(headers.etag),
    lastModified: firstValue(headers['last-modified']),
    cacheControl: firstValue(headers['cache-control']),
    expires: firstValue(headers.expires),
    retryAfter: firstValue(headers['retry-after']),
    contentType: firstValue(headers['content-type']),
    date: firstValue(headers.date),
  }
  return { ...kept, maxAgeS: freshForSeconds(kept) ?? undefined }
}

/** The value of a header; its first value when the header came more than once. */
export function firstValue(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

/** How long a response stays fresh, in seconds: max-age, else Expires less Date (RFC 9111, section 4.2.1). */
export function freshForSeconds(headers: Pick<FetchHeaders, 'cacheControl' | 'expires' | 'date'>): number | null {
  const maxAge = headers.cacheControl?.match(/(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i)?.[1]
  if (maxAge !== undefined) return Number(maxAge)
  return secondsBetween(headers.date, headers.expires)
}

/** Retry-After in seconds. Its date form is compared with the Date of the same response (RFC 9110, section 10.2.3). */
export function retryAfterSeconds(retryAfter: string | undefined, date: string | undefined): number | null {
  if (retryAfter === undefined) return null
  if (/^\s*\d{1,9}\s*$/.test(retryAfter)) return Number(retryAfter)
  return secondsBetween(date, retryAfter)
}

function secondsBetween(from: string | undefined, to: string | undefined): number | null {
  const [start, end] = [parseHttpDate(from), parseHttpDate(to)]
  return start === null || end === null ? null : Math.max(0, (end - start) / 1000)
}
