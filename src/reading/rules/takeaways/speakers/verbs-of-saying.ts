/** Verbs of saying. `States`, `reports` or `claims` are often nouns, and `added` or `called` have other senses. */
export const saying =
  /\b(?:said|says?|stated|states|reported|reports?|claimed|claims?|announced|announces?|noted|notes|warned|warns?|told|tells?|acknowledged|acknowledges?|confirmed|confirms?|denied|denies|deny|rejected|rejects|dismissed|dismisses|argued|argues?|emphasi[sz]e[ds]|stressed|stresses|added|adds|explained|explains|assessed|assess(?:es)?|estimated|estimates?|believed?|believes|declared|declares|alleged|alleges?|suggested|suggests?|insisted|insists?|indicated|called|calls|demanded|demands|urged|urges?|condemned|condemns?|reiterated|reiterates|posted|wrote|writes|tweeted|observed|vowed|vows|pledged|pledges|promised|promises|threatened|threatens|accused|accuses?|blamed|blames|admitted|admits?|conceded|concedes|complained|complains|recalled|testified|replied|responded|concluded|concludes|predicted|predicts?|forecasts?|cautioned|cautions|maintained|maintains|boasted|revealed|reveals|disclosed|remarked|lamented|asserted|asserts|thinks?|fears?|expects?)\b/gi

/** What follows a verb when it introduces a statement, or when the statement stood before it. */
const statementFollows =
  /^(?:(?: (?:on|in|at|late|early|via|during|earlier|yesterday|today|\p{Lu}\p{Ll}{2,5}day)\b[^,.;:“"«]{0,50})?(?:,? that\b|:)|,? ?["“«‘]|\s*[.,;!?”"»]|\s*$)/u

/** Verbs with other senses: they count only where a statement stands next to them. */
const ambiguous =
  /^(?:states|claims|notes|added|adds|posted|wrote|writes|observed|indicated|maintain(?:s|ed)|demands|thinks?|fears?|expects?|recalled|replied|responded|forecasts?|estimates|admitted)$/

/** Base forms: after a plural only, as in `officials say`. */
const base =
  /^(?:say|report|claim|announce|warn|tell|acknowledge|confirm|deny|argue|assess|estimate|believe|allege|suggest|insist|urge|condemn|accuse|admit|predict|forecast|think|fear|expect)$/

/** After a verb of saying these words show that it is a participle: `told to leave`, `reported missing`. */
const participle: [RegExp, RegExp][] = [
  [/^(?:told|warned|urged|called)$/, /^ (?:not )?to\b/],
  [
    /^(?:reported|confirmed|said|declared|alleged|announced|claimed|denied|believed|feared|condemned)$/,
    /^ (?:dead|missing|killed|wounded|injured|hurt|lost|safe|sick|ill|trapped|stranded|homeless|arrested|detained|displaced|abducted|found)\b/,
  ],
  [/^(?:said|reported|alleged|believed|feared)$/, /^ to (?:be|have)\b/],
  [/^(?:accused|blamed)$/, /^ (?:of|in|for|by)\b/],
  [
    /^(?:reported|confirmed|announced|claimed|declared|alleged|posted|observed)$/,
    /^ (?:in|at|over|along|as|from|near|across|after|amid)\b(?![^.;]{1,80}\bthat\b)/,
  ],
  [
    /^denied$/,
    /^ (?:access|entry|aid|food|visas?|passage|treatment|bail|permission|boarding|shelter|entrance|water|care)\b/,
  ],
  [
    /^claimed$/,
    /^ (?:the )?(?:lives?\b|(?:at least |about |over |more than |some |nearly )?[\d,]{1,9} (?:\w+ )?(?:lives|dead)\b)/,
  ],
  [
    /^(?:reports?|claims?|estimates?)$/,
    /^ (?:\p{Ll}+ly )?(?:is|are|was|were|has|have|had|may|might|will|would|could|can|do|did|indicate[ds]?|suggest(?:s|ed)?|shows?|showed|says?|said|claim(?:s|ed)?|confirm(?:s|ed)?|reiterated?|match|emerged?|c[oa]me|state[ds]?|alleged?|describe[ds]?|on|of|by|about|from|to|for)\b(?! \p{Lu}?\p{L}+ (?:is|are|was|were|has|have|had|will)\b)/u,
  ],
  [
    /^(?:reject|dismiss)(?:ed|e?s)$/,
    /^(?! (?:(?:the|any|all|such|these|those|his|her|its|their|it|this) )?(?:\p{L}+ ){0,2}(?:claims?|reports?|allegations?|accusations?|suggestions?|charges?|criticism|concerns?|rumou?rs)\b| as\b| it\b)/u,
  ],
  [/^(?:added|adds)$/, /^ to\b/],
]

/** A verb of saying in a sentence. */
export type Verb = { word: string; start: number; end: number }

/** Whether a verb says something here. Where it stands behind its statement, `behind` is true. */
export function saysSomething({ word, start, end }: Verb, sentence: string, behind: boolean): boolean {
  const verb = word.toLowerCase()
  const after = sentence.slice(end, end + 120)
  if (word !== verb && (start === 0 || !/^(?:say|says|said|warns?)$/.test(verb))) return false
  if (participle.some(([verbs, words]) => verbs.test(verb) && words.test(after))) return false
  if (behind && verb !== 'states' && /^\s*(?:[.,;!?”"»]|$)/.test(after)) return true
  if (
    behind &&
    /^(?:wrote|writes|posted|tweeted|added)$/.test(verb) &&
    /^ (?:on|in|at|via|for) [^,.;:“"]{1,50}(?:[,.;]|$)/.test(after)
  )
    return true
  if (ambiguous.test(verb)) return statementFollows.test(after) && !/^\s*(?:[.;]|$)/.test(after)
  if (verb === 'calls') return /^ (?:for|on)\b/.test(after)
  if (verb === 'called') return calledSo.test(after)
  return behind || !isParticipleAtEnd(verb, after)
}

/** `Called for aid`, `called the raid a crime`, but not `a group called the Shield`. */
const calledSo =
  /^ (?:(?:for|on|it|him|her|this|that|these|those)\b|the \p{Ll}|(?:the )?\p{Lu}[^,.;]{1,60}(?: an? | critical|[“"«]))/u

function isParticipleAtEnd(verb: string, after: string): boolean {
  return (
    /^(?:reported|confirmed|announced|declared|claimed|denied|alleged|condemned|posted)$/.test(verb) &&
    /^ ?[.,;]? ?$/.test(after)
  )
}

/** Whether the verb is a base form, which needs a plural before it. */
export function isBaseForm(word: string): boolean {
  return base.test(word.toLowerCase())
}

/** Whether a verb that contradicts what was said before speaks of that, as in `and Kyiv denied it`. */
export function answersAnother({ word, end }: Verb, sentence: string): boolean {
  return (
    /^(?:denie[sd]|rejected|rejects|dismissed|dismisses|condemned|condemns)$/i.test(word) &&
    /^ (?:it|this|that(?= (?:claim|report|account|statement|allegation|version|charge))|the (?:claims?|reports?|allegations?|accusations?|charges?)(?! that)|any involvement|involvement|responsibility|having done so)\b/.test(
      sentence.slice(end, end + 60),
    )
  )
}
