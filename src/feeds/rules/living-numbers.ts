/**
 * A title and a text without numbers that change by themselves: counters of views, comments or likes, and times such as
 * "3 hours ago". Only what stands alone counts: a line, an element, or brackets in a title. Numbers of a sentence stay.
 */
export function withoutLivingNumbers(title: string, html: string): string {
  const inTitle = title.replace(bracketed, dropCounters).replace(atEnd, dropCounters)
  return `${inTitle}\n${html.replace(runs, dropCounterLine)}`
}

/** What stands between tags and line breaks, and within tags. */
const runs = /[^<>\n]+/g

function dropCounterLine(run: string, at: number, html: string): string {
  const isLine = run.length <= maxLength && html[at - 1] !== '<' && html[at + run.length] !== '>'
  return isLine && isLiving(run) ? '' : run
}

/** Longer text is no counter. */
const maxLength = 120
const bracketed = /\s?[([]([^()[\]]{1,60})[)\]]/g
const atEnd = /\s[|·•–—-]\s([^|·•–—]{1,60})$/

const dropCounters = (written: string, inside: string) => (isLiving(inside) ? '' : written)

/** Whether a text consists of counters and times alone: "1,234 views · 12 comments". */
function isLiving(text: string): boolean {
  if (!/\d/.test(text)) return false
  const parts = text.replaceAll('&nbsp;', ' ').split(/[|·•;/]|,\s|\s[–—-]\s|\s{2,}/)
  return parts.every((part) => part.trim() === '' || counter.test(part.trim()) || age.test(part.trim()))
}

const counted = [
  'views?|viewed|comments?|repl(?:y|ies)|shares?|likes?|retweets?|reposts?|boosts?|reblogs?|favou?rites?|reads?|upvotes?|reactions?|downloads?|plays?|listens?|subscribers?|followers?',
  'перегляд\\p{L}*|просмотр\\p{L}*|коментар\\p{L}*|комментари\\p{L}*|репост\\p{L}*|вподоба\\p{L}*|лайк\\p{L}*|поширен\\p{L}*',
  'vues?|commentaires?|partages?|vistas?|visitas|comentarios?|compartid\\p{L}*|aufrufe?|kommentare?|visualizza\\p{L}*|commenti?|visualiza\\p{L}*|comentários?|wyświetl\\p{L}*|komentarz\\p{L}*|yorum|görüntülenme|مشاهد\\p{L}*|تعليق\\p{L}*',
].join('|')
const amount = '\\d[\\d.,\\s]{0,12}[kmкм]?\\+?'
const sign = '[\\p{Extended_Pictographic}\\uFE0F]{1,8}'

const counter = new RegExp(
  `^(?:(?:${sign}\\s?)?${amount}\\s?(?:${counted})|(?:${sign}\\s?)?(?:${counted})\\s?[:(]?\\s?${amount}\\)?|(?:${sign}\\s?${amount}\\s?){1,8})$`,
  'iu',
)

const units =
  's(?:ec(?:ond)?)?s?|min(?:ute)?s?|h(?:ou)?rs?|h|days?|weeks?|хв\\p{L}*|год\\p{L}*|дн\\p{L}*|дні|мин\\p{L}*|час\\p{L}*|минут\\p{L}*|minutes?|heures?|jours?|minuten?|stunden?|tagen?|minutos?|horas?|días?'
const age = new RegExp(
  `^(?:\\p{L}{1,12}\\s)?(?:(?:vor|il y a|hace|há)\\s\\d{1,3}\\s?(?:${units})|\\d{1,3}\\s?(?:${units})\\s(?:ago|тому|назад|atrás|temu|önce))$`,
  'iu',
)
