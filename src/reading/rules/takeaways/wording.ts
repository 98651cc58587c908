import { attributionOf } from './attribution.ts'
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
  if (detail.test(sentence)) score -= 0.5
  if (addsToOthers(sentence)) score -= 1
  if (/\?["”’)]*$/.test(sentence)) score -= 1
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

/** Wording of footage, channels and single posts: the sources of a statement, not the statement. */
const detail =
  /\b(?:geolocated|footage|screenshot|telegram channel|posted (?:a|an|on)|published (?:a|an|on)|video|image(?:ry|s)?|social media|elements of the|photo(?:graph)?s?|milbloggers? (?:claimed|stated|reported|noted)|(?:told|telling) [A-Z]\w+|interview)\b/i

/** Whether a sentence adds to earlier ones: it says `also` or the like. */
export function addsToOthers(sentence: string): boolean {
  return backward.test(sentence)
}

const backward = /\b(?:also|additionally|furthermore|likewise|meanwhile|as well|too|the same)\b/i

/** Whether a sentence depends on the one before it: it begins with a pronoun, a demonstrative or a connective. */
export function dependsOnPrevious(sentence: string): boolean {
  const start = sentence.replace(/^["'“‘«([\s]+/, '').slice(0, 80)
  return leaning.some((words) => words.test(start)) || earlierReport.test(sentence) || isAnswer(sentence)
}

/** Whether a sentence goes on from the title of its item: it names no event of its own. */
export function leansOnTitle(sentence: string): boolean {
  return dependsOnPrevious(sentence) || goesOn.test(sentence)
}

const event =
  'attacks?|strikes?|assaults?|bombardments?|raids?|blasts?|explosions?|fires?|shelling|barrage|incidents?|accident|crash|' +
  'moves?|decision|deal|agreement|talks|meeting|summit|vote|law|bill|plan|proposal|pact|announcement|statement|visit|arrests?|' +
  'change|order|ruling|quake|earthquake|floods?|storm|cyclone|hurricane|outbreak|eruption|disaster|evacuations?|clashes|' +
  'fighting|violence|operation|offensive|victims?|dead|toll|injured|wounded|suspects?|man|woman|boy|girl|latest'

const goesOn = new RegExp(
  `^(?:the (?:[\\p{L}-]{1,20} ){0,3}(?:${event})|even|another|footage|videos?|images|pictures|at least|more than|nearly|dozens|` +
    'hundreds|thousands|(?:some|about|around|over) \\d|\\d|no one|nobody|rescuers|firefighters|officials|authorities|police|' +
    'residents|witnesses|locals)(?![\\p{L}])',
  'iu',
)

/** Whether a sentence says that the one before it is not so: without it, that sentence would be a false claim. */
export function isAnswer(sentence: string): boolean {
  return answers.some((answer) => answer.test(sentence))
}

/** Whether a sentence tells something: it is no question, no heading of what follows, and not about the report itself. */
export function tells(sentence: string): boolean {
  const isHeading = headingNoun.test(sentence) && !hasVerb(sentence)
  return !/[?？]["'”’»)\]]*$/.test(sentence) && !isHeading && !isAboutReport(sentence)
}

/** Whether a sentence holds a part of a quotation that began before it or ends after it, or quotes without a speaker. */
export function isPartOfQuotation(sentence: string): boolean {
  const count = (mark: string) => sentence.split(mark).length - 1
  if (count('“') > count('”') || (count('”') > count('“') && !sentence.includes('„'))) return true
  if (count('«') !== count('»') || (count('"') % 2 === 1 && !/\d"/.test(sentence))) return true
  return /^["“«„]/.test(sentence) && attributionOf(sentence) === null && !/["”»]\s\p{L}/u.test(sentence)
}

const headingNoun =
  /^(?:the )?(?:\p{L}+ )?(?:consequences|results|situation|overview|summary|details|highlights|background|context|figures|state|status|operations|activities|response|needs|gaps|results|effort)(?: \d)? ?(?:of|at|in|from|for|by|on|[—–-])/iu

/** Whether a sentence is about the report, its makers or its readers, and not about its subject. */
function isAboutReport(sentence: string): boolean {
  return (
    selfReference.test(sentence) ||
    otherSelfReference.test(sentence) ||
    teaser.test(sentence) ||
    thanks.test(sentence) ||
    caption.test(sentence) ||
    signOff.test(sentence)
  )
}

const pronoun =
  /^(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|both|neither|either|another|others|some of (?:them|these|those)|one of (?:them|these|those)|none of (?:them|these|those)|all of (?:them|these|those)|each of (?:them|these|those))\b/i
const demonstrative = /^(?:this|that|these|those|such|the (?:former|latter|same|above|following|aforementioned))\b/i
const connective =
  /^(?:and|but|or|nor|yet|so|because|therefore|thus|hence|however|nevertheless|nonetheless|moreover|furthermore|additionally|in addition|also|besides|consequently|as a result|similarly|likewise|conversely|by contrast|in contrast|instead|otherwise|for (?:example|instance)|in (?:turn|other words|particular|this regard|response)|accordingly|then|there|here|at the same time|on the other hand|finally|lastly|secondly|thirdly|as such|even so|still|rather|indeed|specifically|notably|to this end|among them)\b/i
const attribution = /^(?:according to (?:him|her|them)|(?:he|she|they)\b)/i

const leaning = [pronoun, demonstrative, connective, attribution]

/** Words that repeat earlier reports. */
const earlierReport =
  /\bpreviously (?:reported|assessed|noted|stated|observed|warned)\b|\b(?:has|have) updated (?:its|their)\b|^as \w{2,20} (?:has |have )?(?:previously )?(?:noted|reported|assessed|observed|warned)\b/i

const selfReference =
  /\b(?:this (?:report|assessment|update|bulletin|newsletter|article|paper|brief|publication|document|map|section|special edition)|in (?:these|our) reports?|the (?:authors?|data cut-?off)|our (?:previous|coverage|methodology|statement)|(?:see|shown in) (?:figure|map|table|annex)|we (?:do not|will (?:continue to|cover|publish|update)|cover|utterly|have|are|also|would)|is (?:publishing|not publishing)|does not receive any classified|next (?:report|update|issue)|archive of)\b/i

const otherSelfReference =
  /^(?:est[ea] (?:informe|relat[oó]rio|bolet[ií]n|boletim)|ce (?:rapport|bulletin)|diese[rs]? (?:bericht|lagebericht)|quest[oa] (?:rapporto|bollettino)|(?:ten|niniejszy) raport|bu rapor|(?:цей|даний) (?:звіт|бюлетень)|(?:этот|данный) (?:отч[её]т|бюллетень)|هذا التقرير)(?![\p{L}])/iu

/** Calls to read, watch or hear more. */
const teaser =
  /^(?:here(?:['’]s| is| are) (?:what|how|why|the latest)|(?:continue|keep) reading|read (?:more|the full|our)|watch (?:the|our|this|more)|listen to|click\b|subscribe\b|sign up|follow (?:us|our)|for more\b|please (?:refer|see|find|note))|\b(?:has|have|brings?|bring us|brings us|tells us|tell us|reports? with) (?:more|the latest|the details|the story)\b|\b(?:joins us|sign up for (?:the|our)|get (?:the|our) (?:breaking news )?(?:e-?mail|app|newsletter)|takes a (?:closer|deeper) look|speaks to (?:us|our)|is here to explain)\b/i

/** The credit of a picture, which only a caption has. */
const caption =
  /^(?:photo(?:graph)?|image|picture) (?:by|credit|courtesy)\b|\b(?:getty images|afp via|anadolu via|sopa images|via (?:ap|reuters|afp))\b|\/ ?(?:reuters|ap photo|afp|epa)\b/i

/** A reporter, an outlet or a programme says that it goes on elsewhere. */
const signOff =
  /^\p{Lu}[\p{L}’'.-]{1,20}(?: \p{Lu}[\p{L}’'.-]{1,20}){1,3} (?:reports|explains|has details)\.?$|\b(?:is pleased to welcome|moderates? a (?:panel|debate)|shares? (?:further )?insights|we (?:start|begin|open) (?:the|our|this) (?:programme|program|show|edition)|and all that matters)\b/u

const thanks =
  /\b(?:we|authors?|partners|unhcr|unicef|ocha|wfp|iom) (?:would like to thank|thanks?|(?:is|are) (?:deeply |very )?grateful)\b|\b(?:made possible (?:by|thanks to|with|through)|generous (?:support|contributions?|funding))\b|\b(?:data|figures|information) (?:in|presented in|used (?:in|for)) this\b/i

const answers = [
  /^(?:this|that|it|both|neither|the (?:claim|report|allegation|accusation|figure|number|statement)s?) (?:is|was|are|were) (?:not (?:true|so|correct)|wrong|false|untrue|incorrect|mistaken|misleading|a lie|disputed|denied)\b/i,
  /\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es|ed)|dismiss(?:es|ed)|refut(?:es|ed)) (?:it|this|that|the (?:claim|report|allegation|accusation|charge|statement)s?)\b[^.]{0,60}[.]?["”’]?$/i,
  /^(?:in fact|correction|the (?:right|correct|true) (?:number|figure) is|the number is)\b/i,
]
