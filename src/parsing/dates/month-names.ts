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
