import type { NumberAt } from '../../../reading/rules/edits/numbers.ts'
import { numbersIn } from '../../../reading/rules/edits/numbers.ts'
import { datesIn } from './dates.ts'
import { type Event, roleOfEvent } from './events.ts'
import type { Bound, Fact } from './fact.ts'
import { isNoFigure } from './no-figures.ts'
import { slavicEventIn, slavicThingAt } from './slavic-fact-words.ts'

/** Whether a sentence is written in Cyrillic letters for the greater part. */
export const isSlavic = (sentence: string): boolean =>
  /[\u0400-\u04ff]{3}/.test(sentence) && (sentence.match(/[\u0400-\u04ff]/g)?.length ?? 0) * 3 > sentence.length

/** The figures of a sentence in Ukrainian or Russian whose role is certain; offsets count in the sentence. */
export function slavicFactsIn(sentence: string, speaker: string | null): Fact[] {
  const dates = datesIn(sentence)
  const facts: Fact[] = []
  let known: Event | undefined
  for (const { start, end } of clausesOf(sentence)) {
    const clause = sentence.slice(start, end)
    const event = slavicEventIn(clause) ?? known
    for (const number of numbersIn(clause)) {
      const at = { start: start + number.start, end: start + number.end }
      const fact = factAt(sentence, clause, number, at, event, dates)
      if (fact) facts.push({ ...fact, speaker })
      if (fact) known = event
    }
  }
  return facts
}

type At = { start: number; end: number }

function factAt(
  sentence: string,
  clause: string,
  { number, start, end }: NumberAt,
  at: At,
  event: Event | undefined,
  dates: At[],
): Fact | undefined {
  if (!event || part.test(clause.slice(0, start)) || slavicUnit.test(clause.slice(end))) return undefined
  if (isNoFigure(sentence, { ...at, isShare: false }, dates)) return undefined
  const nouns = nounsBehind(clause, end)
  const thing = slavicThingAt(nouns)
  if (!thing && nouns.length > 0 && !persons.has(event)) return undefined
  if (!thing && nouns[0] && notPersons.test(nouns[0])) return undefined
  const role = roleOfEvent(event, thing ?? null, false)
  if (!role || (number === 1 && role === 'moved')) return undefined
  const hedge = hedges.exec(sentence.slice(Math.max(0, at.start - 30), at.start))?.[0] ?? ''
  const from = at.start - hedge.length
  const value = sentence.slice(from, at.end)
  return {
    role,
    value,
    low: number,
    high: number,
    bound: boundOf(hedge),
    unit: thing?.unit ?? null,
    speaker: null,
    start: from,
    end: at.end,
  }
}

/** A clause for each verb: sentences are divided at commas and at `and` before words that tell another event. */
function clausesOf(sentence: string): At[] {
  const joints = [...sentence.matchAll(/[,;:—–(]\s?| (?:і|й|та|а|але|и|но) /gu)]
  const starts = joints.flatMap(({ 0: joint, index }) => {
    const behind = sentence.slice(index + joint.length)
    const next = /^[^,;:—–(]*/u.exec(behind)?.[0] ?? ''
    return /\d|\p{L}/u.test(next) && slavicEventIn(next) !== undefined ? [index + joint.length] : []
  })
  const all = [0, ...starts]
  return all.map((start, i) => ({ start, end: all[i + 1] ?? sentence.length }))
}

/** Up to three words behind a figure, before a mark or a preposition. */
function nounsBehind(clause: string, end: number): string[] {
  const phrase = /^\.?((?: [\p{L}'’-]+){1,3})/u.exec(clause.slice(end))?.[1] ?? ''
  const words = phrase
    .trim()
    .split(' ')
    .filter((word) => word !== '')
  const stop = words.findIndex((word) => stops.test(word) || slavicEventIn(word) !== undefined)
  return stop < 0 ? words : words.slice(0, stop)
}

const stops = /^(?:у|в|на|до|з|із|зі|за|під|по|від|и|і|й|та|из|с|от|к|под|не|що|что|як|как|було|були|было|были)$/iu

/** Events that are told of persons where no noun says of what. */
const persons = new Set<Event>(['kill', 'wound', 'evacuate', 'miss', 'detain', 'rescue'])
const notPersons =
  /^(?:раз|удар|випад|случа|атак|район|област|напрям|направл|обстріл|обстрел|вибух|взрыв|бо[їйе]|тварин|животн|корів|коров|голів|голов)/iu

/** A part of a number that was given before. */
const part =
  /(?:серед них|з них|із них|зокрема|у тому числі|в т\. ?ч\.|у т\. ?ч\.|среди них|из них|в том числе|включая|включно з)[^,]*$/iu

/** Units behind a number that count no people and no things. */
const slavicUnit =
  /^\.?[ \u00a0](?:тис\. |млн |млрд )?(?:рок|рік|місяц|тижн|дн|діб|доб|годин|год\b|хвилин|хв|секунд|км|кілометр|метр|м²|м\b|мм|кг|тонн|т\b|літр|градус|мвт|гвт|квт|грн|гривень|гривн|долар|євро|рубл|відсот|процент|раз|країн|сторін|пункт|бал|лет|год|месяц|недел|сут|дней|час|минут|километр|литр|доллар|евро|стран|га\b|гектар)/iu

const hedges =
  /(?<!\p{L})(?:щонайменше|принаймні|не менше(?: ніж)?|понад|більше(?: ніж)?|більш(?: як| ніж)|близько|приблизно|орієнтовно|майже|до|лише|як мінімум|по меньшей мере|не менее|свыше|более|больше|около|примерно|почти|порядка|как минимум) $/iu

function boundOf(hedge: string): Bound {
  if (hedge === '' || /лише/i.test(hedge)) return null
  if (/^до /i.test(hedge)) return 'up to'
  return /близько|приблизно|орієнтовно|майже|около|примерно|почти|порядка/i.test(hedge) ? 'about' : 'at least'
}
