import { withSingleBlanks } from '../../../platform/text/single-blanks.ts'
import { tokensOf } from '../tokens.ts'
import { isClearAlone } from './clear-alone.ts'
import { coverage, sharedCount, stemsOf } from './lexicon.ts'
import { isEnded } from './list-item.ts'
import type { Sentences } from './report.ts'
import { isRundown } from './rundown.ts'
import { lacksSpeaker } from './speech.ts'
import type { Statement } from './statement.ts'
import { hasVerb } from './verbs.ts'

/**
 * What the title of a report claims, without labels such as `Live:` and endings such as ` | Desk`; null for a title that
 * only names a report, a show, a column or a question, or in which an unnamed `we` speaks. The title of a short item may claim without a verb.
 */
export function titleClaim(title: string, isShort: boolean): string | null {
  const claim = withoutQuestion(withoutLabels(title.slice(0, maxTitleLength)))
  const words = claim.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? []
  if (words.length < minWords || /[?？؟]["”’»)]*$/.test(claim)) return null
  if (labels.some((label) => label.test(claim)) || isBareLabel(claim) || lacksSpeaker(claim)) return null
  if (isRundown(claim) || isNameOfWork(claim)) return null
  return (isShort && !namedThing.test(claim)) || hasVerb(claim) ? claim : null
}

/**
 * What a title claims that names three stories or more between semicolons, as newsletters do: the first story on a topic,
 * or nothing. Any other claim stays as it is.
 */
export function storyOnTopic(claim: string, isOnTopic: (story: string) => boolean): string {
  return namesSeveralStories(claim) ? (storiesIn(claim).find(isOnTopic) ?? '') : claim
}

/** The stories that a title names between semicolons. */
export const storiesIn = (title: string): string[] => title.split(/;\s/)

/** Whether a title is that of a newsletter, which tells of several things. */
export const namesSeveralStories = (title: string): boolean => storiesIn(title).length >= minStories

const minStories = 3

const maxTitleLength = 300
const minWords = 3

function withoutLabels(title: string): string {
  let claim = withSingleBlanks(title)
    .replace(/^\s*(?:\p{Extended_Pictographic}\uFE0F?\s*)+/u, '')
    .trim()
  for (let before = ''; before !== claim; ) {
    before = claim
    claim = claim.replace(beginnings, '').replace(endings, '').replace(explainer, '').trim()
  }
  return claim
}

/** `LIVE:`, `UPDATE 2-`, `Photos |`, `Middle East updates:`: how a claim is told, not what it says. */
const beginnings =
  /^(?:(?:live(?: updates?| blog)?|watch(?: live)?|video|photos?|in pictures|pictures|breaking(?: news)?|urgent|just in|exclusive|updated?(?: \d{1,2})?|wrapup(?: \d{1,2})?|correct(?:ed|ion)|en direct|en vivo|vid[eé]o|фото|відео|видео|оновлено|обновлено|عاجل)\s{0,3}[:|–—-]\s{0,3}|(?:\p{L}{2,20} ){1,3}(?:news live|live(?: updates?| blog)?|updates|latest)\s?[:|–—]\s)/iu
/** ` | Desk`, ` – Europe live`, ` – video`: where and in which form a claim is told. */
const endings =
  /\s(?:[|]\s[^|]{1,40}|[–—-]\s(?:[\p{L}' ]{1,40}\s)?(?:live(?: updates?| blog)?|as it happened|video|podcast|in pictures|photos))$/iu

/** `: what we know so far`: that more is told, not what. */
const explainer =
  /\s?[:–—-]\s(?:here['’]s )?what (?:(?:we|you) (?:need to )?|to )know(?: so far| now| about [^:]{1,60})?$/iu

/** `Dam of Dara has failed: Why was nobody warned?`: what stands before a question counts where it has a verb. */
function withoutQuestion(claim: string): string {
  const before = claim.replace(question, '')
  return before !== claim && hasVerb(before) ? before : claim
}

const question =
  /:\s(?:what|how|why|who|when|where|is|are|was|were|can|could|will|would|should|do|does|did|has|have)\b[^:?]{1,200}\?$/iu

/** Whether a title asks, comments or explains: what stands below it is no news. */
export const isExplainer = (title: string): boolean =>
  /[?？؟]["'”’»)]*\s*$/.test(title) || explainers.some((words) => words.test(title.trim()))

/** `A challenge to the bench`: headlines tell an event without a verb, but then without an article, too. */
const namedThing = /^(?:an?|the)\s/i

const explainers = [
  /^(?:opinion|analysis|editorial|comment|commentary|explainer|explained|factbox|timeline|podcast|interview|q\s?&\s?a|quiz|review|letters?|obituary|transcript|gallery|cartoon|recap)\b/i,
  /^(?:what|how|why|who|whom|whose|where|when|which|whether)\b/i,
]

/** What a publisher calls its regular reports in other languages, alone or with what they are about. */
const regularReports = [
  /^(?:щоденн|щотижнев|тижнев|місячн|щомісячн|ранков|вечірн|ежедневн|еженедельн|месячн|утренн|вечерн)\p{L}{1,4}\s(?:огляд|бюлетень|дайджест|зведення|звіт|випуск|підсумк|обзор|бюллетень|сводк|отч[её]т|выпуск|итог)/iu,
  /(?:^|[:.|–—-]\s)(?:огляд|бюлетень|дайджест|зведення|обзор|бюллетень|сводка)\s\p{L}/iu,
  /(?:^|[:.|–—-]\s)(?:bulletin|digest|revue de presse|point de situation|rapport (?:de situation|hebdomadaire|mensuel|annuel|d['’]étape)|note (?:d['’]information|de situation|hebdomadaire)|tour d['’]horizon)(?!\p{L})/iu,
  /(?:^|[:.|–—-]\s)(?:bolet[ií]n|resumen (?:de (?:prensa|noticias|la semana)|semanal|diario|mensual)|informe (?:de situaci[oó]n|semanal|mensual|anual)|panorama|parte diario)(?!\p{L})/iu,
  /(?:^|[:.|–—-]\s)(?:ال)?(?:نشرة|موجز|ملخص|حصاد|تقرير (?:ال)?(?:وضع|حالة|موقف|اسبوعي|أسبوعي|شهري|يومي|سنوي|دوري))(?!\p{L})/u,
  /(?:^|[:.|–—-]\s)(?:звіт (?:про ситуацію|за)|ситуаційний звіт|отч[её]т (?:о ситуации|за)|ситуационный отч[её]т)(?!\p{L})/iu,
]

/** Titles that name a form, a series or a question instead of an event. */
const labels = [
  ...regularReports,
  /[–—-] \p{Lu}\p{L}{1,20}['’]s (?:story|journey|diary|dream|letter|fight|life)(?!\p{L})/u,
  ...explainers,
  /^\d{1,2}\s(?:things|takeaways|facts|charts|photos|moments|questions|reasons|ways|stories)\b|:\s(?:key|main|\d{1,2})\s(?:talking\s)?(?:points|takeaways|questions|moments)\b/i,
  /^(?:tracking|mapping|tracing|charting|visuali[sz]ing|remembering|understanding|explaining)\s/i,
  /^here['’]s (?:the latest|what|how|why)(?!\p{L})/iu,
  /^(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have)\s(?:\S+\s){1,20}\S+\?/i,
  /\b(?:week|day|month|year|world|news|images?|photos)\s(?:around the world\s)?in\s(?:\d{1,3}\s)?(?:pictures|photos|images|numbers|maps|charts|brief|review)\b/i,
  /^(?:the\s)?(?:morning|evening|daily|weekly|monthly|news|today['’]s)\s(?:\S+\s){0,3}(?:brief(?:ing)?|update|digest|round-?up|bulletin|headlines|newsletter|report|summary|edition)\b/i,
  /^(?:the\s)?[\p{L}\s]{1,40}\s(?:view|take) on\b/iu,
  /^\D{0,60}\b(?:report|update|bulletin|snapshot|assessment|overview|dashboard|fact ?sheet|brief|briefing|newsletter|digest|round-?up|summary|appeal|monitor|outlook|map|situation|series)\b[^.;]{0,12}(?:\d|#|no\b|january|february|march|april|may|june|july|august|september|october|november|december)[^a-z]{0,30}/i,
  /^[^.;:]{0,80}\b(?:report|update|bulletin|snapshot|assessment|overview|dashboard|fact ?sheet|brief|briefing|newsletter|digest|round-?up|summary|monitor|outlook|podcast)s?\W*$/i,
  /(?:^|[,:–—-]\s)(?:day|week|issue|edition|episode|part)\s\d{1,4}(?:\W*$|\b(?<=^.{0,12}))/i,
  /^(?:on the (?:ground|road|scene|front ?lines?) (?:in|at|with|near|as)|inside|behind the scenes|meet the|in search of|scenes from|a look (?:at|back|inside)|life (?:in|on|under)|notes from|dispatch(?:es)? from|postcard from)\b/i,
  /^(?:the\s)?(?:[\p{L}-]{2,20}\s){0,3}photos\sof\b/iu,
  /^(?:videos?|footage|images?|photos?|clips?|drone footage)\s(?:shows?|captures?|of|from)\b/i,
  /^(?:The|Those)\s\p{Ll}{3,15}\s(?:\p{Lu}[\p{L}’']+|the|an?)\s(?:\S+\s){0,6}(?:forgot|lost|made|built|left|\p{Ll}{2,12}ed)$/u,
  /^[^:]{3,60}:\s(?:[Tt]he|[Aa]n?)\s(?:\p{Ll}[\p{Ll}-]{2,20}\s){1,3}\p{Ll}{3,20}$/u,
  /[,:(–—-]\s?(?:round|wave|vol(?:ume)?|issue|edition|number|no|week|part)\W{0,3}\d{1,4}\W*$/i,
]

/** `A Film That Gives the Council Too Much Credit`: a title whose only verb tells which thing it names. */
function isNameOfWork(claim: string): boolean {
  const [, name = '', clause = ''] = namedByClause.exec(claim) ?? []
  return clause !== '' && !hasVerb(name) && verbCount(clause) < 2
}

const namedByClause = /^((?:An?|The) (?:[\p{L}\d’'-]+ ){1,5}?)(?:[Tt]hat|[Ww]ho|[Ww]hich) (.+)$/u
const verbCount = (text: string): number => text.split(' ').filter((word) => hasVerb(word)).length

/** `Vera Lind: Dara between the rivers`, `Valley Post reports from Dara`: a guest and a theme, or a publisher on itself. */
const isBareLabel = (claim: string): boolean =>
  (ofReporters.test(claim) && !hasVerb(claim)) || (theme.test(claim) && !hasVerb(claim) && !happening.test(claim))

const ofReporters = /^(?:\p{Lu}[\p{L}\d’'.]{0,20} ){1,4}reports? (?:live )?from /u
const theme = /^\p{Lu}[\p{L}’'-]{1,20}(?: \p{Lu}[\p{L}’'-]{1,20}){1,2}: [^:\d]{10,120}$/u
const happening =
  /attack|strik|drone|missile|rocket|shell|bomb|blast|explosion|fire|raid|dead|death|kill|wound|injur|casualt|toll|missing|flood|quake|storm|cyclone|hurricane|landslide|erupt|outbreak|cholera|epidemic|hunger|famine|displac|refugee|evacu|exodus|flight|return|clash|fighting|protest|arrest|vote|election|talks|deal|truce|ceasefire|sanction|guarantee|outage|blackout|crash|warning|call for/i

/**
 * Whether a title only names an event and quotes somebody on it (`Strike on the mill: ‘An attempt to scare us’`), while a
 * sentence of the report tells the event.
 */
export function isNamedAndQuoted(claim: string, telling: Statement[], text: string): boolean {
  const name = namedAndQuoted.exec(claim)?.slice(1).find(Boolean)
  if (name === undefined || hasVerb(name) || !eventAt.test(name)) return false
  const stems = stemsOf(tokensOf(name))
  return telling.some(({ start, end, stems: own }) => sharedCount(stems, own) > 1 && hasVerb(text.slice(start, end)))
}

const eventAt =
  /\b(?:strikes?|attacks?|raids?|bombing|bombardment|shelling|blasts?|explosions?|fires?|floods?|quake|earthquake|crash|killings?|massacre|shooting|protests?|arrests?|siege|evacuation|collapse|outbreak|storm|landslide|clashes) (?:on|in|at|near|against|of|over|across|off) /i
const namedAndQuoted = /^([^:‘“"]{5,120}): ?["'‘“].{3,200}["'’”]$|^["'‘“].{3,200}["'’”]: ([^:‘“"]{5,120})$/u

/**
 * Whether a title announces an answer and keeps it back (`Farmers tell the Post why they stay`), while a sentence below it
 * tells something without the title.
 */
export const isAnsweredTeaser = (claim: string, telling: Statement[], text: string): boolean =>
  teaser.test(claim) && telling.some(({ start, end }) => isClearAlone(text.slice(start, end)))

const teaser =
  /^[^:;]{3,100} (?:tells?|told|explains?|explained|reveals?|revealed|describes?|described|recalls?|shares?) (?:\S+ ){0,3}?(?:why|how|what|who|where) /u

/** A sentence that holds this share of a claim tells it; in a short item it must hold nearly nothing else, too. */
const minToldShare = 0.6
const minRepeatedShare = 0.85

/** Whether a whole sentence of the body tells the claim of the title; a short item must repeat it word for word. */
export function isToldIn(
  claim: string,
  { page, statements, lexicon }: Pick<Sentences, 'page' | 'statements' | 'lexicon'>,
  isShort: boolean,
): boolean {
  const stems = stemsOf(tokensOf(claim))
  const shares = coverage(stems, statements, lexicon)
  // A headline among sentences is none of them.
  const hasSentences = statements.some((statement) => isEnded(page, statement))
  const isHeadline = (statement: Statement) => !isShort && hasSentences && !isEnded(page, statement)
  return statements.some((statement) => {
    const { part, index, stems: own } = statement
    const share = shares[index] ?? 0
    if (part.kind === 'heading' || share < minToldShare || isHeadline(statement)) return false
    if (!isShort) return true
    return share >= minRepeatedShare && own.intersection(stems).size >= own.size * minRepeatedShare
  })
}
