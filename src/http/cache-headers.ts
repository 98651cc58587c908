/** How long an answer stays fresh, in seconds: max-age, else Expires less Date (RFC 9111, section 4.2.1). */
export function freshForSeconds(headers: {
  cacheControl?: string | undefined
  expires?: string | undefined
  date?: string | undefined
}): number | null {
  const maxAge = headers.cacheControl?.match(/(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i)?.[1]
  if (maxAge !== undefined) return Number(maxAge)
  return secondsBetween(headers.date, headers.expires)
}

/** Retry-After as seconds from the answer; its date form is measured against the answer's own Date (RFC 9110, 10.2.3). */
export function retryAfterSeconds(retryAfter: string | undefined, date: string | undefined): number | null {
  if (retryAfter === undefined) return null
  if (/^\s*\d{1,9}\s*$/.test(retryAfter)) return Number(retryAfter)
  return secondsBetween(date, retryAfter)
}

function secondsBetween(from: string | undefined, to: string | undefined): number | null {
  const [start, end] = [httpDate(from), httpDate(to)]
  return start === null || end === null ? null : Math.max(0, (end - start) / 1000)
}

/** Milliseconds of the epoch. HTTP's three date formats (RFC 9110, 5.6.7) are in GMT, also the one that names no zone. */
function httpDate(text: string | undefined): number | null {
  if (text === undefined || !/\d{1,2}:\d\d:\d\d/.test(text)) return null
  const at = Date.parse(/(?:GMT|UTC|Z|[+-]\d\d:?\d\d)\s*$/i.test(text) ? text : `${text} GMT`)
  return Number.isNaN(at) ? null : at
}
