import { z } from 'zod'

const problem = 'Give the interval as minutes or hours from 5m to 24h, such as 15m, or auto.'
const unitS: Record<string, number> = { m: 60, h: 3600 }

/** How often an admin wants a feed polled: `15m`, `2h`, in seconds; null for `auto`, or nothing: Sitrep decides. */
export const everySchema = z.string().transform((text, context): number | null => {
  if (text === '' || text === 'auto') return null
  const [, count = '', unit = ''] = /^(\d{1,4})([mh])$/.exec(text) ?? []
  const seconds = Number(count) * (unitS[unit] ?? 0)
  if (seconds >= 5 * 60 && seconds <= 24 * 3600) return seconds
  context.addIssue({ code: 'custom', message: problem })
  return z.NEVER
})

/** An interval as it is written: `90m`, `2h`. */
export const formatEvery = (seconds: number): string =>
  seconds % 3600 === 0 ? `${seconds / 3600}h` : `${Math.round(seconds / 60)}m`
