type Span = { start: number; end: number }

/** Whether a number counts nothing that a briefing tells: a date, a time, an age, a length, money, a part of a name. */
export function isNoFigure(text: string, { start, end, isShare }: Span & { isShare: boolean }, dates: Span[]): boolean {
  const before = text.slice(Math.max(0, start - 32), start)
  const after = text.slice(end, end + 32)
  if (gluedBefore.test(before) || nameBefore.test(before)) return true
  if (isShare)
    return /^ (?:points?|increase|rise|drop|decrease|growth|decline|more|less|higher|lower|tariffs?)\b/i.test(after)
  const written = text.slice(start, end)
  if (isYear(written, before, after) || /^\d+[.,]\d{1,2}$/.test(written)) return true
  if (gluedAfter.test(after) || unitAfter.test(after) || listNumber(text, start, after)) return true
  return dates.some((date) => date.start < end && start < date.end)
}

/** A sign of money, a slash, a dash after a letter, a bracket of a citation: `$40`, `24/7`, `Kh-101`, `[12]`. */
const gluedBefore = /(?:[$€£¥₴₽#№§/.:[+]|(?:US|USD|EUR|UAH|RUB|GBP)[$ ]?|[\p{L}\p{N}][-‑–]|[\d] ?[x×] ?)$/u

/** Words whose number names a thing: `Article 4`, `Group of 20`, `magnitude 7`, `aged 34`, `children under five`. */
const nameBefore =
  /\b(?:articles?|group of|chapter|channel|resolution|section|unit|block|reactor|no\.|nos\.|phase|level|grade|category|magnitude|flight|route|highway|motorway|room|page|paragraph|law|decree|version|season|aged?(?: between)?|ages(?: of)?|class|protocol|track|stage|tier|COA|hill|pier|apollo|agenda|vision|minus|temperatures? of|(?:children|girls|boys|those|aged) under|under-?|under the age of) $/i

/** Letters or marks that make a number a part of something else: `155mm`, `34-year-old`, `11th`, `12:30`, `70s`. */
const gluedAfter = /^(?:[-‑–](?!\p{Lu})\p{L}|\p{L}|:\d|\/\d|[°′'’]?[CF]\b|(?:st|nd|rd|th)\b|″|\])/u

const unitAfter =
  /^(?:[ -](?:and a half[ -])?(?:(?:more|full|long|additional|further|consecutive|straight|whole|square|cubic|nautical|metric|calendar|working) )?(?:years?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|nights?|mornings?|evenings?|decades?|centur(?:y|ies)|am\b|pm\b|a\.m|p\.m|o[’']clock|km\b|kms\b|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|m\b|cm\b|mm\b|millimet(?:er|re)s?|cent(?:imet(?:er|re)s?)?\b|feet|foot|inch(?:es)?|yards?|hectares?|acres?|kg\b|kilos?\b|kilograms?|grams?|pounds?|tons?\b|tonnes?|lit(?:er|re)s?|gallons?|barrels?|degrees|knots|mph|km\/h|MW\b|GW\b|kW\b|kV\b|mw\b|megawatts?|gigawatts?|volts?|hertz|dollars?|euros?|rubles?|roubles?|hryvnias?|USD\b|EUR\b|UAH\b|pounds?|cents?|rupees?|shekels?|yuan|yen|francs?|crowns?|times\b|fold\b|sides?\b|countries\b|nations\b|states\b|points?\b|phases?\b|rounds?\b|stages?\b|steps?\b|percentage|seats\b|votes?\b|goals?\b|sets?\b|games?\b|matches\b|medals?\b|questions?\b|things\b|reasons\b|ways\b|issues\b|pages\b|chapters\b|options\b|categories\b|parts\b|types\b|kinds\b|forms\b|words\b))/u

/** A number of four digits without a mark is a year, unless a thing that is counted follows. */
function isYear(written: string, before: string, after: string): boolean {
  if (!/^(?:19|20)\d\d$/.test(written)) return false
  return (
    !/^ (?:\p{Ll}+ ){0,2}(?:people|missiles|drones|children|homes|soldiers|troops|civilians|houses|residents|families|refugees|buildings|killed|wounded|dead|injured)\b/u.test(
      after,
    ) || /\b(?:in|of|since|until|by|from|to|for|year|before|after|early|late|mid) ?-?$/i.test(before)
  )
}

/** The number of an item: `1. Two people were killed`. */
function listNumber(text: string, start: number, after: string): boolean {
  if (!/^[.)] /.test(after)) return false
  const lines = text.slice(Math.max(0, start - 4), start).split('\n')
  return (start < 4 || lines.length > 1) && lines.at(-1)?.trim() === ''
}
