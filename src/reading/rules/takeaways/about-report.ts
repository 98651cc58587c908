import { isUncreditedCaption } from './captions.ts'

/** Whether a sentence is about the report, its makers or its readers, and not about its subject. */
export function isAboutReport(sentence: string): boolean {
  return (
    selfReference.test(sentence) ||
    otherSelfReference.test(sentence) ||
    describesItself.test(sentence) ||
    teaser.test(sentence) ||
    (mayNameReporter.test(sentence) && reporter.test(sentence)) ||
    thanks.test(sentence) ||
    otherThanks.test(sentence) ||
    method.test(sentence) ||
    caption.test(sentence) ||
    isUncreditedCaption(sentence) ||
    runningDay.test(sentence) ||
    isBulletinLine(sentence) ||
    signOff.test(sentence) ||
    isPatter(sentence) ||
    (mayHandOver.test(sentence) && (handsOver.test(sentence) || joins.test(sentence))) ||
    (mayBeDated.test(sentence) && dated.test(sentence)) ||
    (maySignOff.test(sentence) && signsOff.test(sentence))
  )
}

const selfReference =
  /\b(?:this (?:report|assessment|update|bulletin|newsletter|article|paper|brief|publication|document|map|section|special edition)|in (?:these|our) reports?|the (?:authors?|data cut-?off)|our (?:previous|coverage|methodology|statement)|(?:see|shown in) (?:figure|map|table|annex)|we (?:do not|will (?:continue to|cover|publish|update)|cover|utterly|have|are|also|would)|is (?:publishing|not publishing)|does not receive any classified|next (?:report|update|issue)|archive of|(?:discussed|described|noted|mentioned|outlined|detailed) (?:above|below|elsewhere in)|[A-Z]{2,6} offers no (?:forecast|assessment|prediction)s?)\b/i

const otherSelfReference =
  /^(?:it covers the (?:period|week|month|days)|cubre el per[ií]odo|il couvre la période|er umfasst den zeitraum|охоплює період|охватывает период|est[ea] (?:informe|relat[oó]rio|bolet[ií]n|boletim)|ce (?:rapport|bulletin)|diese[rs]? (?:bericht|lagebericht)|quest[oa] (?:rapporto|bollettino)|(?:ten|niniejszy) raport|bu rapor|(?:цей|даний) (?:звіт|бюлетень)|(?:этот|данный) (?:отч[её]т|бюллетень)|هذا التقرير)(?![\p{L}])/iu

/** What a document says of its own contents: `This factsheet presents information from 12 wells`, `The bulletin covers the period`. */
const describesItself =
  /^(?:this (?:\p{L}{2,20} ){0,3}(?:fact ?sheet|snapshot|overview|bulletin|report|brief(?:ing)?|update|assessment|document|note|dashboard|analysis|profile|summary|study|product|infographic|sitrep) (?:also )?(?:presents?|provides?|covers?|summari[sz]es|outlines?|describes?|highlights?|contains?|compiles?|gives? an?|aims to|draws on|(?:is|are) based on)|the (?:fact ?sheet|snapshot|bulletin|dashboard|infographic|sitrep|report|assessment|document) (?:also )?(?:presents?|summari[sz]es|compiles?|provides?|contains?|covers?|(?:is|are) based on) (?:(?:the|an?|key|main|latest|all|detailed|general) ){0,2}(?:information|data|findings|results|overview|summary|snapshot|updates?|period|figures))(?!\p{L})/iu

/** Calls to read, watch or hear more. */
const teaser =
  /^(?:here(?:['’]s| is| are) (?:what|how|why|the latest)|what (?:to|you need to) know\b|(?:continue|keep) reading|read (?:more|the full|our)|watch (?:the|our|this|more)|listen to|click\b|subscribe\b|sign up|follow (?:us|our)|for more\b|please (?:refer|see|find|note)|any(?:one|body) (?:with|who has) (?:\w{1,15} ){0,3}information\b[^.]{0,60} (?:asked|urged|encouraged|should|can))|\b(?:has|have|brings?|bring us|brings us|tells us|tell us|reports? with) (?:more|the latest|the details|the story)\b|\b(?:looks?|looked) at (?:why|how|what|whether|where)\b|^plus,|[’']s [a-zà-ž]{2,15} [a-zà-ž]{2,20} (?:examines|explores|unpacks|breaks down)\b|\bha(?:s|ve) (?:used|analy[sz]ed|examined|reviewed) (?:satellite|geolocated|verified|the) (?:imagery|images|footage|videos?) to\b|\b(?:joins us|sign up for (?:the|our)|get (?:the|our) (?:breaking news )?(?:e-?mail|app|newsletter)|takes a (?:closer|deeper) look|speaks to (?:us|our)|is here to explain)\b/i

/** A reporter by name tells more: `Correspondent Vera Lind explains`. */
const reporter =
  /\b(?:journalist|reporter|correspondent|editor)s? (?:\p{Lu}[\p{L}’'-]+ ){1,3}(?:looks? at|explains?|examines?|explores?|asks|assess(?:es)?)\b/iu
const mayNameReporter = /journalist|reporter|correspondent|editor/i

/** The credit of a picture, which only a caption has. */
const caption =
  /^(?:photo(?:graph)?|image|picture) (?:by|credit|courtesy)\b|\b(?:getty images|afp via|anadolu via|sopa images|via (?:ap|reuters|afp))\b|\/ ?(?:reuters|ap photo|afp|epa)\b/i

/** What writers of live pages say of their work: pictures come in, an agency has a line. */
const isPatter = (sentence: string): boolean => mayBePatter.test(sentence) && patter.test(sentence)
const mayBePatter = / on (?:why|how|what)|emerg|com(?:e|ing) (?:in|through)|trickl|snap|quick|structure of/
const patter =
  /\b(?:pictures|images|photos?|footage|videos?|clips)\b.{0,80} (?:are|is|have|has) (?:now |just |also |been )?(?:emerging|emerged|coming (?:in|through)|trickling)|\bha(?:s|ve) (?:a|this|some) (?:quick |short |brief |more |useful )?(?:snap|flash|quick (?:line|take|summary|update))\b|\bupdated the structure of\b|^\p{Lu}[\p{L}’'.]{1,20}(?: \p{Lu}[\p{L}’'.]{1,20}){0,2} on (?:why|how|what) /u

/** A programme says that it goes on elsewhere. */
const signOff =
  /\b(?:is pleased to welcome|moderates? a (?:panel|debate)|shares? (?:further )?insights|[Ww]e (?:start|begin|open) (?:the|our|this) (?:programme|program|show|edition)|and all that matters)\b/

/** Most sentences have none of these. */
const mayHandOver = / (?:discuss|talk|speak|spoke|joins )|^[Tt]h(?:is|ese) /
const mayBeDated = /(?:Daily|Weekly|Briefing|Newsletter|Digest|Update)\W/

/** A presenter hands over, or footage is described: `Vera Lind discussed more with a colonel.` */
const handsOver =
  /^\p{Lu}[\p{L}’'.-]{1,20}(?: \p{Lu}[\p{L}’'.-]{1,20}){1,2} (?:discuss(?:es|ed)|talks?|talked|speaks?|spoke) (?:more|further|about (?:this|it|that|the)|(?:this|it|the latest))(?= ).{0,160}$|^(?:this|these) (?:videos?|images?|photos?|pictures?|footage|clips?|graphics?|maps?) (?:shows?|captures?|explains?)(?!\p{L})/iu

/** A guest of a programme: `The minister joins Vera Lind on trade and justice.` */
const joins = /^\p{Lu}.{3,80} joins \p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+){1,2} (?:on|to (?:discuss|talk))(?!\p{L})/u

/** The name of a newsletter with its date: `Valley Daily: August 12, 2026`. */
const dated =
  /^(?:\p{Lu}[\p{L}’']{1,20} ){1,4}(?:Daily|Weekly|Briefing|Newsletter|Digest|Update)\W{1,3}(?:\p{Lu}\p{Ll}{2,9} \d{1,2}|\d{1,2} \p{Lu}\p{Ll}{2,9})(?:,? \d{4})?\.?$/u

/** A reporter signs off: `Vera Lind reports from Dara.` */
const signsOff =
  /^(?:(?:\p{Lu}[\p{L}\d]{0,20}|\d{1,3})(?: (?:\p{Lu}[\p{L}\d]{0,20}|\d{1,3})){0,3}['’]s (?:\p{Ll}{2,20} ){0,3})?\p{Lu}[\p{L}’'.-]{1,20}(?: \p{Lu}[\p{L}’'.-]{1,20}){1,3} (?:reports?(?: (?:live )?from [^.]{2,60})?|explains|has (?:more|the (?:story|details|latest)|details)(?: (?:from|on) [^.]{2,60})?)\.?$/u
const maySignOff = / (?:reports?|explains|has) ?(?:from|live|more|the|details|\.?$)/

/** `Day 1,738 of the invasion has begun`: every bulletin counts on. */
const runningDay =
  /^(?:(?:today|this|it) (?:is|marks) )?(?:the )?(?:day|\d[\d,]{0,5}(?:st|nd|rd|th) day)\b[^.]{0,20}\bof (?:the |russia['’]s )?(?:full-scale |large-scale )?(?:war|invasion|aggression)\b[^.]{0,60}\.?$|(?:розпочал[аи]ся|триває|минула|началис[ья]|начался|идут|идёт)[^.]{0,60}\s(?:доба|день|сутки)\s[^.]{0,40}(?:агресі|вторгнення|війни|агресси|вторжения|войны)/iu

/** Whether a line is one of a warning: `* WHERE...On the river`, `...The warning is extended...`. It belongs to the title. */
export function isBulletinLine(line: string): boolean {
  return /^(?:\.{3}\p{Lu}|(?:[*•]\s?)?\p{Lu}[\p{Lu} /&]{2,40}\.{3}(?=\S))/u.test(line)
}

const thanks =
  /\b(?:we|authors?|partners|agency|mission|organi[sz]ation|unhcr|unicef|ocha|wfp|iom) (?:would like to thank|thanks?|(?:is|are) (?:deeply |very )?(?:grateful|thankful))\b|\b(?:would like to thank|(?:grateful|thankful) to) (?:\w{2,20} ){0,2}(?:donors?|contributors|supporters)\b|^thanks to the (?:\w{2,20} ){0,3}(?:generosity|donors?|contributors|people of|government of)\b|\b(?:made possible (?:by|thanks to|with|through)|generous (?:support|contributions?|funding))\b|\b(?:data|figures|information) (?:in|presented in|used (?:in|for)) this\b|^(?:produced|prepared|compiled|funded|published) by\b/i

/** Thanks in other languages. */
const otherThanks =
  /^(?:nous remercions|l['’]agence remercie|agradecemos|damos las gracias|agradecemos aos|ringraziamo|wir danken|dziękujemy|дякуємо|висловлюємо вдячність|щиро дякуємо|благодарим|выражаем благодарность|نشكر)(?![\p{L}])/iu

/** How figures were gathered, rounded and bounded, which is no news about what they count. */
const method =
  /^(?:the )?(?:data|figures|information|interviews|surveys?|assessments?|percentages|estimates|numbers|totals|respondents|households|results)\b(?: in this \p{L}+)? (?:(?:was|were|are|is|has been|have been) (?:collected|gathered|compiled|conducted|carried out|rounded|based on|weighted|drawn from|provisional|indicative|estimates?)|may not (?:add|sum)|do(?:es)? not (?:include|add|sum)|exclude|could (?:give|choose|select)|cover the period)\b|^the methodology\b|\b(?:because of|due to) rounding\b/iu
