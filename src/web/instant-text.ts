/** `Mon 23 Nov 2026, 14:05` in a zone, by the same words everywhere; the zone is named beside it by the page. */
export function instantText(instant: Temporal.Instant, zone = 'UTC'): string {
  return format(zone)
    .format(instant.epochMilliseconds)
    .replace(/,(?=.*,)/, '')
}

/** `in 5 min`, `3 h ago`: how far an instant is from now, in the largest unit that says something. */
export function distanceText(instant: Temporal.Instant, now: Temporal.Instant): string {
  const minutes = Math.round((instant.epochMilliseconds - now.epochMilliseconds) / 60_000)
  const size = Math.abs(minutes)
  if (size < 1) return 'just now'
  const amount =
    size < 90 ? `${size} min` : size < 36 * 60 ? `${Math.round(size / 60)} h` : `${Math.round(size / 1440)} d`
  return minutes > 0 ? `in ${amount}` : `${amount} ago`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  })
  formats.set(zone, made)
  return made
}
