/**
 * Reads the dates that feeds really carry: RFC 822 and its abuses, RFC 3339, W3CDTF down to a year, local zone names.
 * A time without a zone is UTC. ISO 8601 UTC out, or null.
 */
export function feedDate(text: string): string | null {
  const written = text.trim().slice(0, 100)
  const parts = readIso(written) ?? readWords(written) ?? readAmericanSlashes(written)
  return parts && toIso(parts)
}

type Parts = { year: number; month: number; day: number; time: string; zone: string }

const iso =
  /^(\d{4})(?:-?(\d{1,2})(?:-?(\d{1,2}))?)?(?:(?:T|\s+|(?<=\d)-)(\d{1,2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)\s*([A-Z]{1,5}|(?:GMT|UTC)?[+-]\d{1,2}:?\d{0,2})?)?$/i

function readIso(text: string): Parts | null {
  const m = iso.exec(text)
  return (
    m && { year: Number(m[1]), month: Number(m[2] ?? 1), day: Number(m[3] ?? 1), time: m[4] ?? '', zone: m[5] ?? '' }
  )
}

const dayFirst = /(?:^|[\s,])(\d{1,2})(?:st|nd|rd|th)?[\s,.-]+(\p{L}{3,})\.?[\s,.-]+(\d{2,4})(?=$|[\s,T])/iu
const monthFirst = /(?:^|[\s,])(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:[\s,]+(\d{4}))?(?=$|[\s,])/iu
const clock = /(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?(?:\s*([ap])\.?m\b\.?)?/i

/** "Wed, 02 Jan 2019 15:04:05 +0000", "2 January 2019", "January 2, 2019 3:04 PM EST", "Wed Jan 2 15:04:05 UTC 2019". */
function readWords(text: string): Parts | null {
  const before = dayFirst.exec(text)
  const after = before ? null : monthFirst.exec(text)
  const [day, name, year] = before
    ? [before[1], before[2], before[3]]
    : [after?.[2], after?.[1], after?.[3] ?? text.match(/\b(\d{4})$/)?.[1]]
  const month = months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1
  if (!month || !year) return null
  return { year: fullYear(year), month, day: Number(day), ...readClock(text) }
}

function readClock(text: string): { time: string; zone: string } {
  const m = clock.exec(text)
  if (!m) return { time: '', zone: '' }
  const half = m[4]?.toLowerCase()
  const hour = half ? (Number(m[1]) % 12) + (half === 'p' ? 12 : 0) : Number(m[1])
  const rest = text.slice(m.index + m[0].length)
  const zone = rest.match(/^\s*((?:GMT|UTC|UT|Z)?\s*[+-]\d{1,2}:?\d{0,2}|[A-Z]{1,5}\b)/i)?.[1] ?? ''
  return { time: `${hour}:${m[2]}:${m[3] ?? '00'}`, zone }
}

/** "1/2/2019 3:04:05 PM" is how one large family of servers writes dates: month first. */
function readAmericanSlashes(text: string): Parts | null {
  const m = text.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})(?=$|\s)/)
  return m && { year: Number(m[3]), month: Number(m[1]), day: Number(m[2]), ...readClock(text) }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Two digits: RFC 2822, section 4.3. */
function fullYear(text: string): number {
  const year = Number(text)
  if (text.length > 3) return year
  return text.length === 3 ? year + 1900 : year + (year < 50 ? 2000 : 1900)
}

function toIso({ year, month, day, time, zone }: Parts): string | null {
  const digits = time.match(/^(\d{1,2}):?(\d{2})(?::?(\d{2}))?/)
  const [hour, minute, second] = [1, 2, 3].map((n) => Number(digits?.[n] ?? 0)) as [number, number, number]
  const offset = offsetMinutes(zone)
  const inRange = month >= 1 && month <= 12 && day >= 1 && hour <= 24 && minute <= 59 && second <= 60
  if (!inRange || day > daysIn(year, month) || offset === null) return null
  const utc = Date.UTC(year, month - 1, day, hour, minute - offset, Math.min(second, 59))
  const moment = new Date(utc)
  return moment.getUTCFullYear() >= 1970 && moment.getUTCFullYear() <= 2200 ? moment.toISOString() : null
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

const zoneMinutes: Record<string, number> = {
  ...{ z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, bst: 60, ist: 330, west: 60, cet: 60, cest: 120, met: 60, mest: 120 },
  ...{ eet: 120, eest: 180, msk: 180, msd: 240, trt: 180, gst: 240, pkt: 300, jst: 540, kst: 540, hkt: 480, sgt: 480 },
  ...{ ast: -240, adt: -180, est: -300, edt: -240, et: -300, cst: -360, cdt: -300, ct: -360, mst: -420, mdt: -360 },
  ...{ mt: -420, pst: -480, pdt: -420, pt: -480, akst: -540, akdt: -480, hst: -600, brt: -180, art: -180 },
  ...{ aest: 600, aedt: 660, acst: 570, acdt: 630, awst: 480, nzst: 720, nzdt: 780, cat: 120, eat: 180, sast: 120 },
}

/** A zone name that nobody knows counts as UTC (RFC 2822, section 4.3). */
function offsetMinutes(zone: string): number | null {
  const m = zone.match(/([+-])(\d{1,2}):?(\d{2})?$/)
  if (!m) return zoneMinutes[zone.toLowerCase()] ?? 0
  const minutes = Number(m[2]) * 60 + Number(m[3] ?? 0)
  return minutes > 15 * 60 ? null : m[1] === '-' ? -minutes : minutes
}
