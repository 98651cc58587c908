import { type Page, type PagePart, textOf } from '../passages/page.ts'
import { actorsIn } from './actors.ts'
import { areCountedOtherwise, haveOutcome, type OutcomeFigure, outcomeFigures } from './outcome-figures.ts'
import { areElsewhere } from './place-names.ts'
import { type Statement, without } from './statement.ts'

/** So many tolls of one page are compared with each other. */
const maxCompared = 150

/** The statements of a live page without those whose toll a newer entry gives otherwise; of other pages, all of them. */
export function withoutOldTolls(statements: Statement[], page: Page): Statement[] {
  const ages = agesOf(page)
  if (!ages) return statements
  const tolls = statements
    .values()
    .map((statement) => ({ statement, age: ages.get(statement.part) ?? 0, ...tollOf(textOf(page, statement)) }))
    .filter(({ figures }) => haveOutcome(figures))
    .take(maxCompared)
    .toArray()
  const old = tolls.filter((toll) => tolls.some((other) => other.age < toll.age && corrects(other, toll)))
  return without(statements, new Set(old.map(({ statement }) => statement)))
}

/** A sentence with its figures. */
type Toll = { text: string; figures: readonly OutcomeFigure[] }

const tollOf = (text: string): Toll => ({ text, figures: outcomeFigures(text) })

/** Whether the newest entry of a live page gives another toll than its title claims. */
export function hasNewerToll(claim: string, statements: Statement[], page: Page): boolean {
  const claimed = tollOf(claim)
  const ages = haveOutcome(claimed.figures) ? agesOf(page) : null
  if (!ages) return false
  const newest = statements.filter(({ part }) => ages.get(part) === 0).slice(0, maxCompared)
  return newest.some((statement) => corrects(tollOf(textOf(page, statement)), claimed))
}

/** Whether a newer sentence counts otherwise what an older one counts, and neither tells of another attack or place. */
function corrects(newer: Toll, older: Toll): boolean {
  if (!areCountedOtherwise(newer.figures, older.figures) || areElsewhere(newer.text, older.text)) return false
  const [actors, others] = [actorsIn(newer.text), actorsIn(older.text)]
  return actors.size === 0 || others.size === 0 || !actors.isDisjointFrom(others)
}

/**
 * How many entries of a live page are newer than the one of a passage. What stands before the first entry counts as the
 * newest. Null for a page without entries that follow each other in time.
 */
function agesOf({ parts, text }: Page): Map<PagePart, number> | null {
  const entries: { time: number; parts: PagePart[] }[] = []
  const before: PagePart[] = []
  for (const part of parts) {
    const time = timeOf(text.slice(part.start, Math.min(part.end, part.start + maxMark)))
    if (time !== null) entries.push({ time, parts: [part] })
    else (entries.at(-1)?.parts ?? before).push(part)
  }
  const steps = entries.slice(1).map(({ time }, at) => Math.sign(time - entries[at]!.time))
  const direction = Math.sign(steps.reduce((sum, step) => sum + step, 0))
  if (direction === 0) return null
  const newestFirst = direction < 0 ? entries : entries.toReversed()
  const ages = newestFirst.flatMap((entry, age) => entry.parts.map((part) => [part, age] as const))
  return new Map([...before.map((part) => [part, 0] as const), ...ages])
}

/** The time of an entry stands within so many characters. */
const maxMark = 60

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const day =
  '(?:(?<day>\\d{1,2}) (?<month>[A-Z][a-z]{2,8})|(?<monthFirst>[A-Z][a-z]{2,8})\\.? (?<dayLast>\\d{1,2}))(?:,? \\d{4})?'
const clock = '(?<hour>\\d{1,2})[:.](?<minute>\\d{2}) ?(?<half>[ap]\\.?m\\.?)?(?: ?[A-Z]{2,5})?'
const behind = '(?=$|\\s*[-–—|:]|\\s+["“‘]?\\p{Lu})'
const atClock = new RegExp(
  `^\\W{0,3}(?:(?:Posted|Updated|Published)(?: at)?:? )?(?:[A-Z][a-z]{2,8}, )?(?:${day},? (?:at )?)?${clock}${behind}`,
  'u',
)
const ago = new RegExp(`^\\W{0,3}(?<count>\\d{1,3}) ?(?<unit>min(?:ute)?s?|m|h|hrs?|hours?|d|days?) ago${behind}`, 'u')

/** The time at the beginning of an entry in minutes, on whatever scale the page uses; null where there is none. */
function timeOf(beginning: string): number | null {
  const past = ago.exec(beginning)?.groups
  if (past) return -Number(past.count) * (past.unit?.startsWith('m') ? 1 : past.unit?.startsWith('h') ? 60 : 1_440)
  const found = atClock.exec(beginning)?.groups
  if (!found) return null
  const month = months.indexOf((found.month ?? found.monthFirst ?? '').slice(0, 3).toLowerCase())
  const date = month < 0 ? 0 : month * 31 + Number(found.day ?? found.dayLast)
  return (date * 24 + hourOf(found)) * 60 + Number(found.minute)
}

function hourOf({ hour = '', half = '' }: Record<string, string | undefined>): number {
  if (half === '') return Number(hour)
  return (Number(hour) % 12) + (half.startsWith('p') ? 12 : 0)
}
