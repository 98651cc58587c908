/** `Mon 23 Nov 2026, 14:05` in a zone, by the same words everywhere; the zone is named beside it by the page. */
export function formatInstant(instant: Temporal.Instant, zone = 'UTC'): string {
  return format(zone)
    .format(instant.epochMilliseconds)
    .replace(/,(?=.*,)/, '')
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
