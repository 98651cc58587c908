/** `in 5 min`, `3 h ago`: the time between an instant and now, in minutes, hours or days. */
export function formatRelativeTime(instant: Temporal.Instant, now: Temporal.Instant): string {
  const minutes = Math.round((instant.epochMilliseconds - now.epochMilliseconds) / 60_000)
  const size = Math.abs(minutes)
  if (size < 1) return 'just now'
  const amount =
    size < 90 ? `${size} min` : size < 36 * 60 ? `${Math.round(size / 60)} h` : `${Math.round(size / 1440)} d`
  return minutes > 0 ? `in ${amount}` : `${amount} ago`
}
