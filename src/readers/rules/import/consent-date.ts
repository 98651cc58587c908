/** When a consent was given, or a sentence on why the text names no day. */
type ConsentDate = { at: Temporal.Instant } | { problem: string }

/**
 * Reads the date of a consent: `2026-11-03`, `2026-11-03 14:05`, with or without a zone, `3.11.2026`, or `3/11/2026` where only one day
 * can be meant. A time without a zone is in UTC, and a day begins at midnight UTC.
 */
export function parseConsentDate(text: string, now: Temporal.Instant): ConsentDate {
  const at = isoInstant(text) ?? dottedDay(text) ?? slashedDay(text)
  if (at === undefined) return { problem: `“${text.slice(0, 40)}” is no date such as 2026-11-03.` }
  if (at === 'ambiguous') return { problem: `“${text}” can be two days. Write it as 2026-11-03.` }
  return Temporal.Instant.compare(at, now) > 0 ? { problem: `“${text}” is in the future.` } : { at }
}

function isoInstant(text: string): Temporal.Instant | undefined {
  const iso = text.replace(/^(\d{4})[/.](\d\d)[/.](\d\d)/, '$1-$2-$3').replace(/^([\d-]{10}) (?=\d)/, '$1T')
  if (!/^\d{4}-\d\d-\d\d(?:T|$)/.test(iso)) return undefined
  try {
    return /(?:Z|[+-]\d\d:?\d\d)$/.test(iso.slice(10))
      ? Temporal.Instant.from(iso)
      : Temporal.PlainDateTime.from(iso).toZonedDateTime('UTC').toInstant()
  } catch {
    return undefined
  }
}

function dottedDay(text: string): Temporal.Instant | undefined {
  const [, day, month, year] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text) ?? []
  return year ? dayOf(year, month, day) : undefined
}

function slashedDay(text: string): Temporal.Instant | 'ambiguous' | undefined {
  const [, one, other, year] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text) ?? []
  if (!year) return undefined
  const [european, american] = [dayOf(year, other, one), dayOf(year, one, other)]
  return european && american && one !== other ? 'ambiguous' : (european ?? american)
}

function dayOf(year: string, month = '', day = ''): Temporal.Instant | undefined {
  return isoInstant(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}
