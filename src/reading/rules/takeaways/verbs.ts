/**
 * Whether a text has a word that is a verb in a main clause, as far as word lists tell it: an auxiliary, a past form, or
 * a form that headlines and reports use in the present. Nouns that look like verbs (`strikes`, `reports`) do not count.
 * Only English verbs are known.
 */
export function hasVerb(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{M}'’-]+/gu) ?? []
  if (words.some((word) => isVerb(word.replace('’', "'")))) return true
  // The other forms have several words.
  return text.includes(' ') && (pluralAndVerb.test(text) || thirdPerson.test(text))
}

/** Whether a word that may be a verb is mostly the plural of a noun: `forces`, `claims`. */
export const isMostlyNoun = (word: string): boolean => mostlyNouns.test(word)
const mostlyNouns = /^(?:forces|claims|needs|orders|plans|targets|moves|calls|drives|holds|leads|shells|hosts)$/

/** `Engineers close the bridge`: between a plural and an article there is a verb, unless it is a small word. */
const pluralAndVerb =
  /\b\p{L}{2,30}s (?!(?:about|above|across|after|against|along|amid|and|around|before|behind|between|beyond|but|despite|during|for|from|inside|into|near|off|onto|outside|over|per|since|than|that|through|towards?|under|until|upon|via|with|within|without)\b)\p{L}{3,20} (?:the|an?|its|their|his|her)\b/iu

/** `The state pays the journey`: before an article or a number, a word in -s is a verb. */
const thirdPerson = /\b\p{Ll}{2,30}s (?:(?:the|an?|its|their|his|her)\b|\d)/u

function isVerb(word: string): boolean {
  return (
    verbs.has(word) || (word.endsWith('ed') && /^\p{L}{4,22}$/u.test(word) && !noPast.has(word)) || word.endsWith("n't")
  )
}

const verbs = new Set(
  // Auxiliaries.
  (
    'is are was were has have had will would can cannot could may might must shall should do does did ' +
    // Irregular past forms.
    'beat beaten became began begun bore bought broke broken built came caught chose chosen cut dealt died drew ' +
    'driven drove fell felt fled flew forbade forgot fought found froze frozen gave given gone grew held hid hit ' +
    'hurt kept knew laid leapt led left lent lost made meant met overran paid put quit ran rode rose said sang sank ' +
    'saw seen sent set shot shut sold sought spent spoke spread stole stolen stood struck sunk swam swept taken ' +
    'taught thought threw thrown told took tore torn understood underwent went withdrawn withdrew woke won written ' +
    'wrote ' +
    // Forms of the present that are seldom nouns, and words that headlines use as verbs.
    'ablaze accuse accuses admits agrees announces approves arrests arrives asks backs bans bars batters becomes ' +
    'begin begins blame blames boosts breaks brings builds burn calls causes claims carries closes collapses comes condemns ' +
    'confirms considers continue continues cripples cuts damages darkens dead declares deepens delays delivers ' +
    'denies deny deploys destroys detains die dies displace displaces drives drops eases ends enters erupts escapes ' +
    'evacuate evacuates expands expel expels expects faces fails falls fears finds flee flees forces frees gains gets gives ' +
    'goes grows halts hammers helps hit hits holds hopes hosts imposes injures insists intensifies intensify joins keeps kill ' +
    'kills launch launches leads leaves lets lifts loses makes meets mounts moves needs offer offers opens orders ' +
    'paralyses paralyzes pledges plans plunges pounds praises prepares presses probes promises protests proposes proves pulls ' +
    'pummels pushes puts raises ramps reaches recaptures recovers refuses reject rejects releases remain remains ' +
    'reopens resumes returns reveals rises rocks ruins says scraps secures seek seeks sees seizes sends sets ' +
    'settles shakes shells shows shuts signs sinks slams sparks speaks spreads starts stays stirs stops storms ' +
    'strands suffers surges suspends sweeps takes targets tells threatens thwarts tightens topples tops tries traps ' +
    'triggers turns underlines unveils uproots urge urges vow vows wants warn warns welcomes widens wins withdraws ' +
    'worsen worsens wounds wrecks'
  ).split(' '),
)

/** Words in -ed that are nouns, or that only describe. */
const noPast = new Set(
  (
    'advanced alleged armed bed breed combined creed deed detailed displaced feed greed hundred indeed integrated limited need ' +
    'occupied red seed shed so-called speed united unmanned weed wounded'
  ).split(' '),
)
