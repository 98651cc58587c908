/** A moment as it was written; `hour` may be 24, `zone` a name or an offset, and nothing is checked yet. */
export type DateParts = { year: number; month: number; day: number } & ClockTime

export type ClockTime = { hour: number; minute: number; second: number; zone: string }

export const midnight: ClockTime = { hour: 0, minute: 0, second: 0, zone: '' }

/**
 * Dates as people write them, in many languages and any order: "Wed, 02 Jan 2019 15:04:05 +0000" (RFC 822),
 * "January 2, 2019 3:04 PM EST", "2 janvier 2019 à 15h04", "2019. jan. 2.", "1/2/2019", "02.01.2019". Null for other text.
 */
export function parseWrittenDate(text: string): DateParts | null {
  const { clock, rest } = takeClock(text)
  const found = byMonthName(rest) ?? byNumbers(rest)
  if (!found) return null
  const at = clock ?? clockOf(found.left, text)
  return { ...found.day, ...at, zone: at.zone || zoneIn(rest) }
}

export type Day = Pick<DateParts, 'year' | 'month' | 'day'>
type Found = { day: Day; left: string[] }

const colons = /(\d{1,2})\s?:\s?(\d{1,2})(?:\s?:\s?(\d{1,2}))?(?:[.,]\d{1,9})?/
const zoneBehind = /^\s{0,3}(?:([ap])\.?\s?m\b\.?)?\s{0,3}\(?((?:GMT|UTC|UT|Z)?\s?[+-]\d{1,2}:?\d{0,2}|[A-Z]{1,5}\b)?/i

/** Takes the time of day out, with what stands behind it: half of the day, zone. */
function takeClock(text: string): { clock: ClockTime | null; rest: string } {
  const m = colons.exec(text)
  if (!m) return { clock: null, rest: text }
  const behind = text.slice(m.index + m[0].length)
  const [said, half, word = ''] = zoneBehind.exec(behind)!
  const isZone = /\d/.test(word) || !monthOf(word)
  const clock = clockFrom([m[1]!, m[2]!, m[3] ?? '0'], halfIn(half ?? '', text), isZone ? word : '')
  const end = isZone ? said.length : said.length - word.length
  return { clock, rest: `${text.slice(0, m.index)} ${behind.slice(end)}` }
}

function clockFrom([hour, minute = '0', second = '0']: string[], half: 'a' | 'p' | '', zone = ''): ClockTime {
  const written = Number(hour)
  const late = half === 'p' && written < 12 ? written + 12 : half === 'a' && written === 12 ? 0 : written
  return { hour: late, minute: Number(minute), second: Number(second), zone }
}

/** Also in Chinese, Japanese, Korean, Greek and Arabic; most put it before the time. */
function halfIn(letter: string, text: string): 'a' | 'p' | '' {
  if (letter) return letter.toLowerCase() === 'p' ? 'p' : 'a'
  if (/\bpm\b|下午|午後|晚上|오후|μμ|μ\.μ|(?:^|\s)م(?:$|\s)/i.test(text)) return 'p'
  return /\bam\b|上午|午前|早上|오전|πμ|π\.μ|(?:^|\s)ص(?:$|\s)/i.test(text) ? 'a' : ''
}

/** A time that is written without colons is what is left of the numbers: "15h04", "15.04 Uhr". */
function clockOf(left: string[], text: string): ClockTime {
  const half = halfIn('', text)
  return left.length > 1 || (left.length === 1 && half) ? clockFrom(left, half) : midnight
}

/** Of several words that could be a month, the one with the day before it: "mar. 2 janv. 2019" begins with a Tuesday. */
function byMonthName(text: string): Found | null {
  const months = [...text.matchAll(/\p{L}{3,}/gu)]
    .map((word) => ({ month: monthOf(word[0]), behindDay: /\d\P{N}{0,6}$/u.test(text.slice(0, word.index).slice(-8)) }))
    .filter(({ month }) => month > 0)
  const named = months.find(({ behindDay }) => behindDay) ?? months.at(-1)
  const numbers = numbersIn(text)
  const long = numbers.findIndex((number) => number.length > 2)
  const yearAt = long < 0 ? 1 : long
  const year = numbers[yearAt]
  if (!named || !year || year.length > 4) return null
  const others = numbers.filter((_, n) => n !== yearAt)
  return { day: { year: fullYear(year), month: named.month, day: Number(others[0] ?? 1) }, left: others.slice(1) }
}

const threeNumbers = /(?:^|[^\d:+-])(\d{1,4})\s?([./-]|\s)\s?(\d{1,2})\s?(?:[./-]|\s)\s?(\d{4}|\d{1,2})(?!\d)/

/** Year first, or by the habits of those who write slashes (month first) or full stops and hyphens (day first). */
function byNumbers(text: string): Found | null {
  const m = threeNumbers.exec(text)
  if (!m) return null
  const [, first, separator, second, third] = m as unknown as [string, string, string, string, string]
  const left = numbersIn(text.slice(m.index + m[0].length))
  if (first.length > 2) return { day: { year: fullYear(first), month: Number(second), day: Number(third) }, left }
  if (third.length < 2) return null
  const [a, b] = [Number(first), Number(second)]
  const monthFirst = separator === '/' ? a <= 12 : b > 12
  const [month, day] = monthFirst ? [a, b] : [b, a]
  return { day: { year: fullYear(third), month, day }, left }
}

/** Not those of an offset. */
const numbersIn = (text: string) => (text.replace(offset, ' ').match(/\d+/g) ?? []).slice(0, 6)

const offset = /\s[+-]\d\d:?\d\d(?!\d)/

/** A zone that stands apart from the time. */
function zoneIn(text: string): string {
  const names = () => text.match(/\b[A-Z]{3,4}\b/g) ?? []
  return offset.exec(text)?.[0].trim() ?? names().find((word) => knownZone(word) !== undefined) ?? ''
}

/** Two or three digits: RFC 2822, section 4.3. */
export function fullYear(text: string): number {
  const year = Number(text)
  if (text.length > 3) return year
  return text.length === 3 ? year + 1900 : year + (year < 50 ? 2000 : 1900)
}

/** The month, 1 to 12, that a word names in one of the languages that feeds are written in; 0 where it names none. */
export function monthOf(word: string): number {
  const name = bare(word)
  return english.get(name) ?? foreign(name) ?? beginnings.get(name.slice(0, 3)) ?? 0
}

/** Letters without their marks: "Août" is "aout". */
const bare = (word: string) =>
  word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i').replaceAll('ς', 'σ')

/** Also how English names begin, for those that are misspelt. */
const beginnings = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, n) => [name, n + 1]),
)
const english = new Map([...beginnings, ...namesIn('en'), ['sept', 9]])

const languages = [
  ...['fr', 'de', 'es', 'it', 'pt', 'nl', 'pl', 'cs', 'sk', 'sl', 'ru', 'uk', 'bg', 'el', 'hu', 'tr', 'sv', 'nb', 'da'],
  ...['fi', 'ro', 'ca', 'id', 'ar', 'ar-SY', 'fa'],
]

/** Made when the first word comes that is not English: it takes a tenth of a second. */
let foreignNames: Map<string, number> | undefined

/** What is written out to its fourth letter at least, or to its third where no other month begins so, may be cut short. */
function foreign(name: string): number | undefined {
  foreignNames ??= withBeginnings(new Map([...languages.flatMap(namesIn), ['mrz', 3]]))
  return foreignNames.get(name)
}

function withBeginnings(names: Map<string, number>): Map<string, number> {
  const all = new Map<string, number>()
  for (const [name, month] of names) {
    for (let length = 3; length < name.length; length++) {
      const beginning = name.slice(0, length)
      all.set(beginning, (all.get(beginning) ?? month) === month ? month : 0)
    }
  }
  return new Map([...[...all].filter(([, month]) => month > 0), ...names])
}

/** Long and short, and as they stand with a day: many languages decline them. */
function namesIn(language: string): [string, number][] {
  return (['long', 'short'] as const)
    .flatMap((month) =>
      [{}, { day: 'numeric' as const }].flatMap((day) => {
        const options = { month, ...day, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const
        const format = new Intl.DateTimeFormat(language, options)
        return Array.from({ length: 12 }, (_, n) => [nameIn(format, n), n + 1] as [string, number])
      }),
    )
    .filter(([name]) => name.length > 1)
}

function nameIn(format: Intl.DateTimeFormat, month: number): string {
  const part = format.formatToParts(Date.UTC(2021, month, 2)).find(({ type }) => type === 'month')
  return bare(part?.value ?? '').match(/^(?:de )?(\p{L}+)\.?$/u)?.[1] ?? ''
}

/** The offset of a zone's name that means one zone nearly everywhere. */
export const knownZone = (name: string): number | undefined => zones.get(name.toLowerCase())

const zones = new Map(
  Object.entries({
    ...{ z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, bst: 60, ist: 330, west: 60, cet: 60, cest: 120, met: 60, mest: 120 },
    ...{
      mez: 60,
      mesz: 120,
      eet: 120,
      eest: 180,
      msk: 180,
      msd: 240,
      trt: 180,
      gst: 240,
      pkt: 300,
      npt: 345,
      ict: 420,
    },
    ...{ wib: 420, wita: 480, wit: 540, jst: 540, kst: 540, hkt: 480, sgt: 480, pht: 480, irst: 210, idt: 180 },
    ...{ nst: -210, ndt: -150, ast: -240, adt: -180, est: -300, edt: -240, et: -300, cst: -360, cdt: -300, ct: -360 },
    ...{ mst: -420, mdt: -360, mt: -420, pst: -480, pdt: -420, pt: -480, akst: -540, akdt: -480, hst: -600, brt: -180 },
    ...{ art: -180, aest: 600, aedt: 660, acst: 570, acdt: 630, awst: 480, nzst: 720, nzdt: 780, cat: 120, eat: 180 },
    ...{ sast: 120, wat: 60 },
  }),
)
