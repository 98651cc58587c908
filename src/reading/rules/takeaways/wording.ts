import { isAboutReport } from './about-report.ts'
import { arabicCue, leansInArabic } from './arabic-wording.ts'
import { attributionOf } from './attribution.ts'
import { setsScene } from './no-finding.ts'
import { hasOpenReference } from './open-references.ts'
import { isRundown } from './rundown.ts'
import { addsInSlavic, leansInSlavic } from './slavic-wording.ts'
import { hasVerb } from './verbs.ts'

/**
 * How much the wording of a sentence suggests a takeaway, about -1 to 1: judgements, changes and figures add to it;
 * details, questions, quotations and words that lean on earlier sentences take away from it.
 */
export function cueScore(sentence: string): number {
  let score = 0
  if (judgement.test(sentence)) score += 0.5
  if (change.test(sentence)) score += 0.4
  if (figure.test(sentence)) score += 0.15
  if (cyrillic.test(sentence)) {
    if (slavicEvent.test(sentence)) score += 0.4
    if (slavicFigure.test(sentence)) score += 0.15
  }
  if (arabic.test(sentence)) score += arabicCue(sentence)
  if (detail.test(sentence)) score -= 0.5
  if (addsToOthers(sentence)) score -= 1
  if (/[?؟]["”’)»]*$/.test(sentence)) score -= 1
  if (/^["“«]/.test(sentence)) score -= 0.6
  if (/\(\s*(?:see|photo|source|figure|map)\b/i.test(sentence)) score -= 0.4
  return score
}

const judgement =
  /\b(?:likely|unlikely|assess(?:es|ed)?|indicat(?:es?|ed|ing)|suggest(?:s|ed|ing)?|show(?:s|ed|n|ing)? that|concluded?|warn(?:s|ed|ing)?|risk(?:s|ed)?|threat(?:en|ens|ened|ening)?|significant(?:ly)?|critical|major|main|key|largest|worst|first|record|urgent(?:ly)?|unprecedented|intend(?:s|ed)?|aim(?:s|ed)? to|seek(?:s|ing)? to|in order to|will|may|remain(?:s|ed)?|appear(?:s|ed)?|must|need(?:s|ed)?)\b/i
const change =
  /\b(?:continu(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|ris(?:e|es|ing|en)|rose|fell|grew|escalat(?:e|es|ed|ing)|intensif(?:y|ies|ied|ying)|worsen(?:s|ed|ing)?|improv(?:e|es|ed|ing)|advanc(?:e|es|ed|ing)|launch(?:es|ed|ing)?|conduct(?:s|ed|ing)?|announc(?:e|es|ed|ing)|agreed?|sign(?:s|ed)|approv(?:e|es|ed)|reject(?:s|ed)?|beg(?:in|ins|an|un)|struck|kill(?:s|ed|ing)|displac(?:e|es|ed|ing)|forc(?:e|es|ed|ing)|fail(?:s|ed|ing)?|withdr(?:aw|ew|awn|awal)|captur(?:e|es|ed)|seiz(?:e|es|ed)|resum(?:e|es|ed|ing)|target(?:s|ed|ing)?)\b/i
const figure =
  /\b\d[\d,.]*\s*(?:per ?cent|%|million|billion|thousand|people|families|households|children|civilians)|\b\d{1,3},\d{3}\b/i

const cyrillic = /[\u0400-\u04ff]/
const arabic = /[\u0620-\u064a]/

/** Ukrainian and Russian words for what was hit, who was hurt or left, and what was stopped. */
const slavicEvent =
  /(?<!\p{L})(?:пошкод|знищ|зруйнов|уражен|знеструм|загин|поранен|евакуйов|евакуюв|переселен|зупинил|відбил|атакува|обстріля|втратил|без (?:світла|електр|тепла|води)|поврежд|уничтож|разруш|обесточ|погиб|ранен|эвакуир|остановил|отбил|атаков|обстрел|без (?:света|электр|тепла|воды))/iu
const slavicFigure =
  /\d\s?(?:тис|млн|млрд|тыс|осіб|ос[оі]б|людей|люд|дітей|детей|споживач|потребител|абонент|дронів|дронов|ракет|бойов|боєзіткн|штурмов|удар|обстріл|обстрел|человек|семей|сімей|жител|мешканц)/iu

/** Wording of footage, channels and single posts: the sources of a statement, not the statement. */
const detail =
  /\b(?:geolocated|footage|screenshot|telegram channel|posted (?:a|an|on)|published (?:a|an|on)|video|image(?:ry|s)?|social media|elements of the|photo(?:graph)?s?|milbloggers? (?:claimed|stated|reported|noted)|(?:told|telling) [A-Z]\w+|interview)\b/i

/** Whether a sentence adds to earlier ones: it says `also` or the like. */
export function addsToOthers(sentence: string): boolean {
  return backward.test(sentence) || (cyrillic.test(sentence) && addsInSlavic(sentence))
}

const backward = /\b(?:also|additionally|furthermore|likewise|meanwhile|as well(?! as)|too(?=[.,;!]|$)|the same)\b/i

/** Whether a sentence depends on the one before it: it begins with a pronoun, a demonstrative or a connective. */
export function dependsOnPrevious(sentence: string): boolean {
  const start = sentence.replace(/^["'“‘«([\s]+/, '').slice(0, 80)
  return (
    (leaning.some((words) => words.test(start)) && !emptyIt.test(start)) ||
    earlierReport.test(sentence) ||
    (cyrillic.test(start) && leansInSlavic(start)) ||
    (arabic.test(start) && leansInArabic(start)) ||
    concludes.test(sentence) ||
    hasOpenReference(sentence) ||
    isAnswer(sentence)
  )
}

const event =
  'attacks?|strikes?|assaults?|bombardments?|raids?|blasts?|explosions?|fires?|shelling|barrage|incidents?|accident|crash|' +
  'moves?|decision|deal|agreement|talks|meeting|summit|vote|law|bill|plan|proposal|pact|announcement|statement|visit|arrests?|' +
  'change|order|ruling|quake|earthquake|floods?|storm|cyclone|hurricane|outbreak|eruption|disaster|evacuations?|clashes|' +
  'fighting|violence|operation|offensive|victims?|dead|toll|injured|wounded|suspects?|man|woman|boy|girl|latest'

const toldEvent = new RegExp(`^the (?:[\\p{L}-]{1,20} ){0,3}(?:${event})(?![\\p{L}])`, 'iu')

/** An event that is named again as the one told before: `are missing after the attack which`. */
const toldEventBehind = new RegExp(
  `\\b(?:after|in|during|following|since) the (?:${event})(?: (?:which|that|in|on|near)(?!\\p{L})|[.,])`,
  'iu',
)

/** Whether a sentence names an event as one that its reader knows: it begins with `the blast`, or says `after the attack which`. */
export function namesToldEvent(sentence: string): boolean {
  return toldEvent.test(sentence) || toldEventBehind.test(sentence)
}

/** Whether a sentence only says what went before the event that was told: `The attack comes a day after`. */
export function comesAfter(sentence: string): boolean {
  return precededBy.test(sentence)
}

const precededBy =
  /^(?:(?:the|these|this) )?(?:\p{Ll}{2,15} )?(?:attacks?|strikes?|moves?|announcement|decision|warning|visit|vote|talks|meeting|statement|deal|arrests?|news) (?:comes?|came|follow(?:s|ed)) (?:.{0,40} )?(?:after|as|amid|days|hours|weeks|a|an|the)\b/iu

const countWords =
  'at least|more than|nearly|dozens|hundreds|thousands|(?:some|about|around|over) \\d|\\d|no one|nobody'
const beginsWithCount = new RegExp(`^(?:${countWords})(?![\\p{L}])`, 'iu')

/** Whether a sentence counts people or things and names neither a place nor anybody: `At least 30 were hurt`. */
export function isBareCount(sentence: string): boolean {
  return beginsWithCount.test(sentence) && !/[\s(“"]\p{Lu}/u.test(sentence)
}

/** Whether a sentence says that the one before it is not so: without it, that sentence would be a false claim. */
export function isAnswer(sentence: string): boolean {
  return answers.some((answer) => answer.test(sentence)) && !emptyIt.test(sentence)
}

/** Whether a sentence tells of somebody whom the one before it names, and with that a fact: `She is one of 900 who left`. */
export function isFactOfAnecdote(sentence: string): boolean {
  return factOfAnecdote.test(sentence)
}

const factOfAnecdote =
  /^(?:he|she|they|(?:his|her|their)(?: \p{L}{2,20}){1,3}) (?:is|are|was|were) (?:now )?(?:one|two|three|some|among|part|counted)\b[^.\d]{0,60}\d/iu

/** Whether a sentence tells something: it is no question, no heading of what follows, and not about the report itself. */
export function tells(sentence: string): boolean {
  if (oneWord.test(sentence) || isRundown(sentence) || setsScene(sentence)) return false
  const isHeading = headingNoun.test(sentence) && !hasVerb(sentence.replace(/\([^()]{0,300}\)/g, ' '))
  return !/[?？؟]["'”’»)\]]*$/.test(sentence) && !isHeading && !isAboutReport(sentence)
}

/** What is left of a sentence where a summary was cut. */
const oneWord = /^[\p{Script=Latin}\p{Script=Cyrillic}]{1,20}$/u

/** Whether a sentence holds a part of a quotation that began before it or ends after it, or quotes without a speaker. */
export function isPartOfQuotation(sentence: string): boolean {
  const count = (mark: string) => sentence.split(mark).length - 1
  if (count('“') > count('”') || (count('”') > count('“') && !sentence.includes('„'))) return true
  if (count('«') !== count('»') || (count('"') % 2 === 1 && !/\d"/.test(sentence))) return true
  return /^["“«„]/.test(sentence) && attributionOf(sentence) === null && !/["”»]\s\p{L}/u.test(sentence)
}

const headingNoun =
  /^(?:the )?(?:\p{L}+ ){0,2}(?:consequences|results|situation|overview|summary|details|highlights|background|context|figures|state|status|operations|activities|response|needs|gaps|results|effort)(?: #?\d)? ?(?:of|at|in|from|for|by|on|[—–-])/iu

const pronoun =
  /^(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|both|neither|either|another|others|some of (?:them|these|those)|one of (?:them|these|those)|none of (?:them|these|those)|all of (?:them|these|those)|each of (?:them|these|those))\b/i
/** `It is not true, he said, that`: this word refers to what follows. */
const emptyIt =
  /^it (?:is|was|remains?|remained|seems?|appears?) (?:not |still |also |now |yet |far from |highly |very |increasingly )?(?:un|im)?(?:true|false|clear|likely|possible|certain|known|safe|wrong)(?:,| (?:that|whether|if|how|why|for|to)\b)/i
const demonstrative = /^(?:this|that|these|those|such|the (?:former|latter|same|above|following|aforementioned))\b/i
const connective =
  /^(?:and|but|or|nor|yet|so|because|therefore|thus|hence|however|nevertheless|nonetheless|moreover|furthermore|additionally|in addition|also|besides|consequently|as a result|similarly|likewise|conversely|by contrast|in contrast|instead|otherwise|for (?:example|instance)|in (?:turn|other words|particular|this regard|response)|accordingly|then|there(?! (?:is|are|was|were|has|have|had|will|would|may|might|can|could|must|should|remains?|seems?|appears?)\b)|here|at the same time|on the other hand|finally|lastly|secondly|thirdly|as such|even so|still|rather|indeed|specifically|notably|to this end|among them)\b/i
const unnamedSource = /^according to (?:him|her|them)\b/i

const leaning = [pronoun, demonstrative, connective, unnamedSource]

/** `The army is therefore unlikely to`: what follows from the sentence before. */
const concludes =
  /\b(?:is|are|was|were|has|have|had|will|would|may|might|can|could|must|should) (?:nevertheless|nonetheless|therefore|thus|consequently|likewise)(?= )/i

/** Words that repeat earlier reports. */
const earlierReport =
  /\bpreviously (?:reported|assessed|noted|stated|observed|warned)\b|\b(?:has|have) updated (?:its|their)\b|^as \w{2,20} (?:has |have )?(?:previously )?(?:noted|reported|assessed|observed|warned|argued|discussed|forecast|forecasted)\b/i

const answers = [
  /^(?:(?:but|yet|however|still),? )?(?:this|that|it|both|neither|he|she|they|(?:this|that|the) (?:claim|report|allegation|accusation|figure|number|statement|view|argument|idea|belief)s?) (?:is|was|are|were) (?:simply |also |just )?(?:not (?:true|so|correct)|wrong|false|untrue|incorrect|mistaken|misleading|a lie|disputed|denied)\b/i,
  /^(?:(?:but|yet|however),? )?(?:this|that|the) (?:view|argument|idea|reasoning|logic|reading) (?:does not (?:hold|stand)|fails|misses|ignores|overlooks|rests on)\b/i,
  /^(?:not so\b|(?:the )?(?:evidence|facts?|data|figures|record) (?:says?|tells?|shows?|suggests?|points?) otherwise\b|(?:they|it|he|she) (?:do|does|did|will|is|are|was|were) not\.?$|nothing of the (?:sort|kind)\b)/i,
  /\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es|ed)|dismiss(?:es|ed)|refut(?:es|ed)) (?:it|this|that|the (?:claim|report|allegation|accusation|charge|statement)s?)\b[^.]{0,60}[.]?["”’]?$/i,
  /^(?:in (?:fact|truth|reality)|correction|the (?:right|correct|true) (?:number|figure) is|the number is)\b/i,
]
