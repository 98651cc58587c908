import type { DateWords, DayWords } from './date-words.ts'

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

const day = '(?<day>\\d{1,2})(?:er)?(?:(?<joint> ?[-–—] ?| au | et | al | a | y )(?<lastDay>\\d{1,2})(?:er)?)?'
const date = new RegExp(
  `(?<![\\p{L}\\p{N}.,])(?:${day} (?:de )?(?<month>${months.join('|')})(?!\\p{L})(?:,? (?:de |del )?(?<year>(?:19|20)\\d\\d)(?!\\d))?|(?:el|este|ese|del|al) (?:próximo |pasado )?(?<weekday>${spanish.join('|')})(?!\\p{L})|(?<weekday>${french.join('|')})(?!\\p{L}| gras))`,
  'giu',
)

/** Dates in French and Spanish: `le 15 novembre 2026`, `del 9 al 10 de mayo`, `lundi`, `el martes`. */
export const romanceDates: DateWords = {
  mayHaveDate,
  date,
  months,
  weekdays: french.map((name, at) => `${name}|${spanish[at]}`),
  joints: { au: 'to', al: 'to', a: 'to', et: 'and', y: 'and' },
}

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

export const romanceDays: DayWords = { limit, saidBefore, opening, saidBehind, today, yesterday }
