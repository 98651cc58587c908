import type { WrittenDate } from './written-date.ts'

/** The dates that a text writes in Ukrainian or Russian: `27 листопада 2026 року`, `9–10 ноября`, `у понеділок`, `27.11.2026`. */
export function slavicDatesIn(text: string): WrittenDate[] {
  return cyrillic.test(text) ? [...text.matchAll(date)].flatMap(readDate) : []
}

/** Whether a date is the limit of a period, the day of an earlier event, or that of a statement: by the words around it. */
export function isOtherSlavicDate(before: string, after: string): boolean {
  return limit.test(before) || saidBefore.test(before) || (opening.test(before) && saidBehind.test(after))
}

/** How many days before today the words `сьогодні`, `вчора`, `уночі` say that something happened. */
export function slavicDaysBack(text: string): number[] {
  return [today.test(text) ? 0 : -1, yesterday.test(text) ? 1 : -1].filter((days) => days >= 0)
}

const cyrillic = /[\u0400-\u04ff]/

/** Each month in its genitive, Ukrainian and Russian, with its common abbreviations. */
const months = [
  'січня|січ\\.|января|янв\\.',
  'лютого|лют\\.|февраля|февр\\.|фев\\.',
  'березня|берез\\.|марта|мар\\.',
  'квітня|квіт\\.|апреля|апр\\.',
  'травня|трав\\.|мая',
  'червня|черв\\.|июня|июн\\.',
  'липня|лип\\.|июля|июл\\.',
  'серпня|серп\\.|августа|авг\\.',
  'вересня|верес\\.|сентября|сент\\.|сен\\.',
  'жовтня|жовт\\.|октября|окт\\.',
  'листопада|листоп\\.|ноября|нояб\\.',
  'грудня|груд\\.|декабря|дек\\.',
]

const weekdays = [
  'понеділок|понеділка|понеділком|понедельник|понедельника',
  'вівторок|вівторка|вторник|вторника',
  'середу|середи|среду|среды',
  'четвер|четверга|четверг',
  "п'ятницю|п’ятницю|п'ятниці|п’ятниці|пятницу|пятницы",
  'суботу|суботи|субботу|субботы',
  'неділю|неділі|воскресенье|воскресенья',
]

const day = '(\\d{1,2})(?:-?(?:го|е|ого))?(?:(\\s?[-–—]\\s?| і | й | та | и | до )(\\d{1,2})(?:-?(?:го|е|ого))?)?'
const date = new RegExp(
  `(?<![\\p{L}\\p{N}.,])(?:${day} (${months.join('|')})(?![\\p{L}])(?:,? ((?:19|20)\\d\\d)(?!\\d)(?: (?:року|рік|года|р\\.|г\\.))?)?|(\\d{1,2})\\.(0[1-9]|1[0-2])\\.((?:19|20)\\d\\d)(?!\\d)|(?:у|в|во|к|до|з|с|со) (${weekdays.join('|')})(?![\\p{L}]))`,
  'giu',
)

function readDate(match: RegExpExecArray): WrittenDate[] {
  const span = { start: match.index, end: match.index + match[0].length }
  const [, first, joint, second, month, year, dayInDigits, monthInDigits, yearInDigits, weekday] = match
  if (weekday) return [{ ...span, weekday: numberOf(weekdays, weekday) }]
  if (dayInDigits)
    return [{ ...span, month: Number(monthInDigits), day: Number(dayInDigits), year: Number(yearInDigits) }]
  const written = { ...span, month: numberOf(months, month ?? ''), day: Number(first) }
  const through = second && joint ? { lastDay: Number(second), joint: joint.trim() } : {}
  return [{ ...written, ...through, ...(year ? { year: Number(year) } : {}) }]
}

/** The number of the name that a word is one of, from 1. */
function numberOf(names: string[], word: string): number {
  const lower = word.toLowerCase()
  return names.findIndex((each) => each.replaceAll('\\', '').split('|').includes(lower)) + 1
}

/** Before a date: from, until, after, as of, between. */
const limit =
  /(?<!\p{L})(?:з|із|зі|с|со|від|от|до|після|після|после|перед|по|станом на|по состоянию на|починаючи з|начиная с|між|между|на період|на период|попереднього|минулого|прошлого|наступного|следующего|кожн\p{L}{1,3}|кажд\p{L}{1,3}) (?:початку |кінця |начала |конца |ночі |ночи )?$/iu
const saying =
  '(?:повідом|сообщ|заяви|сказа|розпові|рассказа|зазначи|отмети|уточни|наголоси|подчеркну|оголоси|объяви|написа|додав|добави)\\p{L}{1,5}'
const saidBefore = new RegExp(`(?<!\\p{L})${saying} (?:\\p{L}{1,4} )?(?:увечері |вранці |утром |вечером )?$`, 'iu')
const opening = /(?:^|[.!?…] )$/u
const saidBehind = new RegExp(`^,? (?:[\\p{L}’'«»-]+ ){0,5}${saying},? (?:що|что|про|о|об)(?!\\p{L})`, 'iu')
const today =
  /(?<!\p{L})(?:сьогодні|сегодня|уночі|вночі|ночью|цієї ночі|этой ночью|нинішньої ночі|вранці|утром)(?!\p{L})/iu
const yesterday = /(?<!\p{L})(?:вчора|учора|вчера|минулої доби|за минулу добу|прошлые сутки)(?!\p{L})/iu
