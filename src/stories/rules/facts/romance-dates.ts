import type { WrittenDate } from './written-date.ts'

/** The dates that a text writes in French or Spanish: `le 15 novembre 2026`, `del 9 al 10 de mayo`, `lundi`, `el martes`. */
export function romanceDatesIn(text: string): WrittenDate[] {
  return mayHaveDate.test(text) ? [...text.matchAll(date)].flatMap(readDate) : []
}

/** Whether a date is the limit of a period, or the day of a statement: by the words around it. */
export function isOtherRomanceDate(before: string, after: string): boolean {
  return limit.test(before) || saidBefore.test(before) || (opening.test(before) && saidBehind.test(after))
}

/** How many days before today the words `aujourd’hui`, `hier`, `anoche` say that something happened. */
export function romanceDaysBack(text: string): number[] {
  return [today.test(text) ? 0 : -1, yesterday.test(text) ? 1 : -1].filter((days) => days >= 0)
}

/** Each month in French and Spanish, with its common abbreviations. */
const months = [
  'janvier|janv\\.|enero|ene\\.',
  'février|févr\\.|febrero|feb\\.',
  'mars|marzo|mar\\.',
  'avril|avr\\.|abril|abr\\.',
  'mai|mayo|may\\.',
  'juin|junio|jun\\.',
  'juillet|juil\\.|julio|jul\\.',
  'août|aout|agosto|ago\\.',
  'septembre|sept\\.|septiembre|setiembre|sep\\.',
  'octobre|oct\\.|octubre',
  'novembre|nov\\.|noviembre',
  'décembre|déc\\.|diciembre|dic\\.',
]

const french = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']
/** A day of the week has an article in Spanish; `Santo Domingo` and names of people have none. */
const spanish = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo']

const mayHaveDate =
  /\d(?:er)? (?:de )?[jfmasonde]\p{L}|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:lun|mart|juev|viern|miércol)es|sábado|domingo/iu

const day = '(\\d{1,2})(?:er)?(?:( ?[-–—] ?| au | et | al | a | y )(\\d{1,2})(?:er)?)?'
const date = new RegExp(
  `(?<![\\p{L}\\p{N}.,])(?:${day} (?:de )?(${months.join('|')})(?!\\p{L})(?:,? (?:de |del )?((?:19|20)\\d\\d)(?!\\d))?|(?:el|este|ese|del|al) (?:próximo |pasado )?(${spanish.join('|')})(?!\\p{L})|(${french.join('|')})(?!\\p{L}| gras))`,
  'giu',
)

function readDate(match: RegExpExecArray): WrittenDate[] {
  const span = { start: match.index, end: match.index + match[0].length }
  const [, first, joint, second, month, year, inSpanish, inFrench] = match
  if (inSpanish) return [{ ...span, weekday: spanish.indexOf(inSpanish.toLowerCase()) + 1 }]
  if (inFrench) return [{ ...span, weekday: french.indexOf(inFrench.toLowerCase()) + 1 }]
  const written = { ...span, month: monthOf(month ?? ''), day: Number(first) }
  const through = second && joint ? { lastDay: Number(second), joint: jointOf(joint.trim()) } : {}
  return [{ ...written, ...through, ...(year ? { year: Number(year) } : {}) }]
}

/** A joint as English writes it: `to` for a period, `and` for two days. */
const joints: Record<string, string> = { au: 'to', al: 'to', a: 'to', et: 'and', y: 'and' }
const jointOf = (joint: string): string => joints[joint.toLowerCase()] ?? joint

/** The number of a month from 1, by any of its names. */
const monthOf = (word: string): number =>
  months.findIndex((each) => each.replaceAll('\\', '').split('|').includes(word.toLowerCase())) + 1

/** Before a date: since, until, after, as of, between, next. */
const limit =
  /(?<!\p{L})(?:depuis|jusqu[’']au|jusqu[’']à|avant|après|dès|à partir|d[’']ici|prochain|chaque|pour|desde|hasta|antes|después|tras|a partir|cada|para)(?: (?:le|la|du|de|el|del|début|fin|principios|finales))*\s*$/iu
const saying =
  '(?:déclaré|annoncé|indiqué|affirmé|dit|expliqué|précisé|confirmé|assuré|rapporté|dijo|declaró|anunció|informó|indicó|afirmó|aseguró|explicó|precisó|confirmó|señaló)'
const saidBefore = new RegExp(`(?<!\\p{L})${saying} $`, 'iu')
const opening = /(?:^|[.!?…] )(?:Le )?$/u
const saidBehind = new RegExp(
  `^,? (?:[\\p{L}’'«»-]+ ){0,6}${saying}(?: \\p{L}+ment)?(?: que(?!\\p{L})| qu[’']| de que(?!\\p{L})|:)`,
  'iu',
)
const today =
  /(?<!\p{L})(?:aujourd[’']hui|cette nuit|ce matin|hoy|esta noche|esta madrugada|esta mañana|anoche)(?!\p{L})/iu
const yesterday = /(?<!\p{L})(?:hier|ayer)(?!\p{L})/iu
