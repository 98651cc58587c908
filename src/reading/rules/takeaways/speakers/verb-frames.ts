import type { VerbUse } from './verbs-of-saying.ts'

/** The characters behind a verb that are looked at. */
const maxAfter = 130

/** Whether a verb says something, by the words behind it. `isBehind` tells that its statement may stand before it. */
export function saysSomething(verb: string, use: VerbUse, sentence: string, end: number, isBehind: boolean): boolean {
  const after = sentence.slice(end, end + maxAfter)
  if (after.startsWith(' by ') && verb.endsWith('ed')) return false
  if (participles.some(([verbs, words]) => verbs.test(verb) && words.test(after)) && !(isBehind && isTold(verb, after)))
    return false
  if (nothingSaid.test(after) || isEnded(verb, after, isBehind) || isJudged(verb, after)) return false
  const frame = frames.find(([verbs]) => verbs.test(verb))
  if (isBehind && verb !== 'states' && !needsNoun.test(verb) && endsOrGoesOn.test(after)) return true
  if (frame) return frame[1].test(after) || thatFollows.test(after)
  if (use.needs === 'statement') return statementFollows.test(after) && !/^\s*(?:[.;]|$)/.test(after)
  return isBehind || !isParticipleAtEnd(verb, after)
}

/** `The campaign concluded in June`: what ended says nothing, and its results may follow (`, reaching 900 homes`). */
function isEnded(verb: string, after: string, isBehind: boolean): boolean {
  if (verb !== 'concluded' || /^[^.;]{0,80}\bthat\b/.test(after)) return false
  return isBehind ? endedWithResult.test(after) : ended.test(after)
}

const ended =
  /^(?: (?:\p{Ll}+ly )?(?:this|last|on|in|at|by|after|with|earlier|today|yesterday|its|their)(?!\p{L})|\s*[.,;]|\s*$)/u
const endedWithResult = /^ [^,.;]{1,40}, \p{Ll}+ing\b/u

/** `The rebels claimed to hold the hill but remain stalled`: the second half is the judgement of the one who writes. */
function isJudged(verb: string, after: string): boolean {
  return /^claim(?:s|ed)?$/.test(verb) && judged.test(after)
}

const judged =
  /^ to \p{Ll}+[^.;]{0,100}?,? but (?:\p{Ll}+ly |still |yet )?(?:remain(?:s|ed)?|ha(?:ve|s|d) |d(?:o|oes|id) not|fail(?:s|ed)?|appear(?:s|ed)?|continue[sd]? to|(?:are|were|is|was) )/u

/** A verb that looks like a participle tells its statement where a place or a time ends the sentence. */
function isTold(verb: string, after: string): boolean {
  return verb === 'reports' || (/^(?:reported|confirmed|announced|declared)$/.test(verb) && occasion.test(after))
}

const occasion = /^ (?:at|after|from) [^,.;:“”"]{2,60}\.?$/

/** Whether a verb that contradicts what was said before speaks of that, as in `and Kyiv denied it`. */
export function answersAnother(verb: string, sentence: string, end: number): boolean {
  return (
    /^(?:denie[sd]|rejected|rejects|dismissed|dismisses|condemned|condemns|refuted|disputed)$/.test(verb) &&
    /^ (?:it|this|that(?= (?:claim|report|account|statement|allegation|version|charge))|the (?:claims?|reports?|allegations?|accusations?|charges?)(?! that)|any involvement|involvement|responsibility|having done so)\b/.test(
      sentence.slice(end, end + 60),
    )
  )
}

/** `The law says nothing` tells no statement. */
const nothingSaid =
  /^ (?:(?:nothing|little)(?! (?:had|has|was|is|would|could|will|can|but|in|of the)\b)|no more|so|goodbye|farewell|not a word|yes|no to|(?:the|a|its) (?:story|tale))\b/

/** A verb behind its statement: a mark follows it, or the time, the place, the medium or the listener. */
const endsOrGoesOn =
  /^(?:\s*(?:[.,;!?”"»–—]|$)| (?:on|in|at|via|for|to|after|during|from|as|under|with|before|\p{Lu}\p{Ll}+day)(?: [^,.;:“"]{1,70})?(?:[,.;]|$)| \p{Ll}+ly(?:[,.;]|$))/u

/** What follows a verb when it introduces a statement, or when the statement stood before it. */
const statementFollows =
  /^(?:(?: (?:on|in|at|to|late|early|via|during|earlier|yesterday|today|\p{Lu}\p{Ll}{2,5}day)\b[^,.;:“"«]{0,60})?(?:,? that\b|:|,? ?["“«‘])|\s*[.,;!?”"»]|\s*$)/u

const thatFollows = /^(?: (?:on|in|at|to|during|late|early) [^,.;:“"«]{1,60})? that\b/

/** Verbs that say something only together with a noun behind them. */
const needsNoun =
  /^(?:put|puts|posts|made|makes|documented|counts|counted|expresse[sd]|voice[sd]|raise[sd]|sound(?:s|ed)|g(?:ave|ives)|issue[sd]|lea?(?:ft|ves)|lets?|t(?:ook|akes)|sp(?:oke|eaks)|slam(?:s|med)|blast(?:s|ed)|hail(?:s|ed)|agreed?|came|comes|reached|reaches|called|calls)$/

/** What must stand behind some verbs: `called for aid`, `put the toll at nine`, but not `a group called the Shield`. */
const frames: [verb: RegExp, after: RegExp][] = [
  [/^calls$/, /^ (?:for|on)\b/],
  [
    /^called$/,
    /^ (?:(?:for|on|it|him|her|this|that|these|those)\b|the \p{Ll}|(?:the )?\p{Lu}[^,.;]{1,60}(?: an? | critical|[“"«]))/u,
  ],
  [/^puts?$/, /^ (?:the|its|their|his|her|that|losses|damage|casualties)\b[^,.;]{0,50} (?:at|down to)\b/],
  [/^ma(?:kes|de)$/, /^ (?:it )?(?:clear|plain|known|no secret)\b/],
  [
    /^(?:expresse[sd]|voice[sd]|raise[sd]|sound(?:s|ed))$/,
    /^ (?:\p{L}+ ){0,3}(?:fears?|hopes?|concerns?|doubts?|regret|alarm|worry|worries|confidence|dismay|outrage|anger|suspicions?|belief|conviction|support|sympathy|surprise|shock)\b/u,
  ],
  [
    /^(?:g(?:ave|ives)|issue[sd])$/,
    /^ (?:\p{L}+ ){0,4}(?:warning|assurances?|notice|statement|alert|word|denial|promise)\b[^,.;]{0,40} that\b/u,
  ],
  [/^lea?(?:ft|ves)$/, /^ no (?:doubt|room for doubt)\b/],
  [/^lets?$/, /^ (?:it be known|it be understood|slip|it slip|on|\p{L}+ know)\b/u],
  [/^(?:c[ao]mes?|reache[sd])$/, /^ (?:to )?the (?:conclusion|view|finding|verdict) that\b/],
  [/^recall(?:s|ed)$/, /^ (?:\p{Ll}+ing|how|that|a time|seeing)\b/u],
  [/^t(?:ook|akes)$/, /^ the view that\b/],
  [/^sp(?:oke|eaks)$/, /^ of\b/],
  [
    /^admit(?:s|ted)?$/,
    /^ (?:(?:to )?\p{Ll}+ing|that|it|he|she|they|there|its|his|their|defeat|guilt|fault|mistakes?|responsibility)\b/u,
  ],
  [/^scoff(?:s|ed)$/, /^ at\b/],
  [/^rule[sd]$/, /^ (?:out\b|that\b)/],
  [
    /^(?:slam(?:s|med)|blast(?:s|ed)|hail(?:s|ed))$/,
    /^ (?!into\b|through\b|shut\b|down\b|from\b|in\b|on\b|at\b|the door|holes?\b|off\b|open\b)[^.;,]{4,}/,
  ],
  [/^(?:question(?:s|ed)|asks|asked|wonder(?:s|ed))$/, /^ (?:whether|why|how|if)\b/],
  [/^believe[sd]?$/, /^ (?!in\b|of\b|to\b)/],
  [/^posts$/, /^ (?:a |an |on |under |that\b|[:“"])/],
  [/^blame[sd]?$/, /^ (?!each other|one another)/],
  [/^point(?:s|ed)$/, /^ out\b/],
  [/^appeal(?:s|ed)$/, /^ (?:for|to)\b/],
  [/^describe[sd]?$/, /^ (?!as\b|by\b|in\b)[^.;]{2,90}? as\b/],
  [/^(?:documented|counts|counted|recorded)$/, /^ (?:at least |more than |some |about |over |nearly |almost )?\d/],
  [
    /^(?:reckon(?:s|ed)?|sees|foresees|foresaw|finds|remembers)$/,
    /^ (?:he|she|it|they|there|that|the|his|her|an?|its|their|no|[^.;,]{2,40} at \d|[“"]|\p{Lu}|[^.;“"]{2,60}[“"])/u,
  ],
  [
    /^(?:thinks?|fears?|expects?|hopes?|forecasts)$/,
    /^ (?!of\b|about\b|for\b|the worst\b|on\b|in\b|at\b|to\b)[^.;]{3,}/,
  ],
]

/** After a verb of saying these words show that it is a participle: `told to leave`, `reported missing`. */
const participles: [verb: RegExp, after: RegExp][] = [
  [/^(?:told|warned|urged|called)$/, /^ (?:not )?to\b/],
  [
    /^(?:reported|confirmed|said|declared|alleged|announced|claimed|denied|believed|feared|condemned)$/,
    /^ (?:dead|missing|killed|wounded|injured|hurt|lost|safe|sick|ill|trapped|stranded|homeless|arrested|detained|displaced|abducted|found)\b/,
  ],
  [/^(?:said|reported|alleged|believed|feared|expected|thought)$/, /^ to (?:be|have)\b/],
  [/^(?:accused|blamed)$/, /^ (?:of|in|for|by)\b/],
  [
    /^(?:reported|confirmed|announced|claimed|declared|alleged|posted|observed)$/,
    /^ (?:in|at|over|along|as|from|near|across|after|amid|by)\b(?![^.;]{1,80}\bthat\b)/,
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

function isParticipleAtEnd(verb: string, after: string): boolean {
  return (
    /^(?:reported|confirmed|announced|declared|claimed|denied|alleged|condemned|posted|explained)$/.test(verb) &&
    /^ ?[.,;]? ?$/.test(after)
  )
}
