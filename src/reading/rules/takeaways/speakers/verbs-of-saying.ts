import { WordSet } from '../../word-set.ts'

/** How a form of a verb of saying is used. */
export type VerbUse = {
  /** `says` takes any statement behind it. `states` has other senses, and needs a statement next to it. */
  needs: 'anything' | 'statement'
  /** Whether any noun before it is somebody, as with `said`. */
  isTelling: boolean
  /** `say` needs a plural before it; `says` and `said` do not. */
  isBase: boolean
}

/** How a form is used as a verb of saying; undefined for other words. `form` is in lower case. */
export function useOf(form: string): VerbUse | undefined {
  return uses.get(form)
}

/** Whether a word may be a verb of saying in one of its uses. Most words are not, so this is asked first. */
export function mayBeSaying(form: string): boolean {
  return candidates.has(form) || form.endsWith('ed')
}

/** Whether a form is no noun: no name holds `said`, but one may hold `reports`. */
export function isSaidForm(form: string): boolean {
  return saidForms.has(form)
}

/** Whether a form is the participle of a verb of saying, as in `confirmed by the mayor`. */
export function isSaidParticiple(form: string): boolean {
  return participles.has(form)
}

/** Whether a participle may have a person as its subject, who is no statement: `Israel was condemned by`. */
export function isOfPersons(form: string): boolean {
  return /^(?:condemned|accused|blamed|threatened|urged|criticised|criticized|lambasted|ridiculed|believed|praised|welcomed|hailed|slammed|questioned|described|branded|denounced)$/.test(
    form,
  )
}

/** Whether a form is one in -ing of a verb of saying, such as `adding`. */
export function isSaying(form: string): boolean {
  return gerunds.has(form)
}

/** Verbs whose subject is always somebody. */
const telling =
  'say tell implore beseech exhort preach taunt text insist explain recount vow lament complain concede argue caution quip joke hint allege reiterate testify contend retort assert warn muse ' +
  'grumble plead gloat marvel exclaim protest stress swear bemoan decry deplore speculate opine'

/** Verbs whose subject may be a thing, such as `the flood claimed lives`. */
const reporting =
  'inform assure remind notify reassure report confirm announce claim deny acknowledge reject dismiss estimate assess declare condemn accuse blame urge demand predict reveal disclose suggest believe ' +
  'promise pledge threaten emphasise emphasize denounce refute underline underscore proclaim foresee rebut'

/** Verbs of somebody, with other senses: they need a statement next to them. */
const voicing =
  'admit recall reply respond tweet confide intimate aver avow venture volunteer surmise reckon reason whisper mutter murmur mumble growl snap sigh shrug sneer thunder bark ' +
  'fume moan groan gripe grouse jest tease enthuse rejoice reminisce reflect relate narrate counsel answer grant allow wire cable telegraph scribble dictate counter rejoin echo repeat restate interject chime rage bellow shout cry ' +
  'laugh chuckle smile wonder ask theorise theorize hypothesise posit postulate prophesy foretell guess wager advise beg apologise apologize regret rue ' +
  'boast remark mention remember concur disagree attest affirm reaffirm reassure pronounce decree elaborate summarise summarize volunteer blog fulminate demur deadpan drawl hiss stammer'

/** Verbs with other senses, whose subject may also be a thing: they need a statement next to them. */
const ambiguous =
  'state note add write post observe indicate maintain think fear expect forecast conclude find hope doubt agree determine calculate project judge ' +
  'document count describe worry guarantee signal imply object propose point make put appeal certify dispute comment call hold rule slam blast question ' +
  'anticipate criticise criticize lambast ridicule see discover establish hail verify corroborate clarify speak scoff'

const irregular: Record<string, [past: string, participle: string]> = {
  say: ['said', 'said'],
  tell: ['told', 'told'],
  write: ['wrote', 'written'],
  think: ['thought', 'thought'],
  find: ['found', 'found'],
  forecast: ['forecast', 'forecast'],
  put: ['put', 'put'],
  make: ['made', 'made'],
  swear: ['swore', 'sworn'],
  quip: ['quipped', 'quipped'],
  admit: ['admitted', 'admitted'],
  aver: ['averred', 'averred'],
  demur: ['demurred', 'demurred'],
  snap: ['snapped', 'snapped'],
  beg: ['begged', 'begged'],
  blog: ['blogged', 'blogged'],
  concur: ['concurred', 'concurred'],
  foresee: ['foresaw', 'foreseen'],
  foretell: ['foretold', 'foretold'],
  hold: ['held', 'held'],
  see: ['saw', 'seen'],
  speak: ['spoke', 'spoken'],
}

const pastOf = (verb: string): string =>
  irregular[verb]?.[0] ??
  verb
    .replace(/(?<=[^aeo])y$/, 'i')
    .replace(/e$/, '')
    .concat('ed')
const thirdOf = (verb: string): string => {
  if (/[^aeo]y$/.test(verb)) return `${verb.slice(0, -1)}ies`
  return /(?:s|sh|ch)$/.test(verb) ? `${verb}es` : `${verb}s`
}
const gerundOf = (verb: string): string =>
  (/(?:[^s]ed)$/.test(irregular[verb]?.[0] ?? '')
    ? (irregular[verb]?.[0] ?? '').slice(0, -2)
    : verb.replace(/(?<=[^e])e$/, '')
  ).concat('ing')

const nounsOfSaying =
  'demand protest joke project document make point find object counter count post note state call appeal comment signal judge guarantee sigh shrug bark moan groan jest ' +
  'reason venture volunteer guess wager snap growl echo question rule hold blast slam laugh smile cry shout rage dispute hail wonder tease counsel repeat remark ' +
  'ask mention affirm relate put speak see text answer grant wire cable message'

const uses = new Map<string, VerbUse>()
for (const [verbs, needs, isTelling] of [
  [ambiguous, 'statement', false],
  [voicing, 'statement', true],
  [reporting, 'anything', false],
  [telling, 'anything', true],
] as const)
  for (const verb of verbs.split(' ')) {
    uses.set(verb, { needs, isTelling, isBase: true })
    for (const form of [thirdOf(verb), pastOf(verb)]) uses.set(form, { needs, isTelling, isBase: false })
  }
/** Verbs that say something only together with a noun: `expressed fear that`, `left no doubt`. */
for (const form of 'came comes reached reaches expressed expresses voiced voices gave gives issued issues left leaves let lets took takes raised raises sounded sounds'.split(
  ' ',
))
  uses.set(form, { needs: 'statement', isTelling: false, isBase: false })
/** Forms that are nouns far more often than verbs. `put` is no base form: `he put the toll at nine`. */
for (const form of nounsOfSaying.split(' ')) uses.delete(form)
for (const form of ['claims', 'states', 'protests', 'demands', 'estimates', 'put'])
  uses.set(form, { needs: 'statement', isTelling: false, isBase: false })

uses.delete('saw')
uses.set('recorded', { needs: 'statement', isTelling: false, isBase: false })
for (const form of ['noted', 'stated', 'concluded'])
  uses.set(form, { needs: 'anything', isTelling: false, isBase: false })

const nouns = new Set([
  ...`${nounsOfSaying} report claim estimate fear forecast hope doubt promise pledge boast hint regret worry threat`
    .split(' ')
    .map(thirdOf),
  'speaks',
  'voices',
  'issues',
  'sounds',
  'leaves',
])
const saidForms = new Set([...uses].flatMap(([form, { isBase }]) => (isBase || nouns.has(form) ? [] : [form])))
const participles = new Set([
  ...[telling, reporting]
    .flatMap((verbs) => verbs.split(' '))

    .map((verb) => irregular[verb]?.[1] ?? pastOf(verb)),
  ...(
    'stated noted admitted described attested certified verified corroborated disputed questioned hailed slammed reaffirmed affirmed echoed repeated restated regretted decreed ' +
    'contradicted forecast mentioned pronounced maintained predicted issued welcomed branded labelled labeled dubbed voiced rebuffed praised outlined unveiled downplayed characterised characterized ' +
    'attributed observed relayed explained expressed raised aired rued uttered spoken concluded judged conceded criticised criticized lambasted ridiculed deemed hinted refuted relayed'
  ).split(' '),
])
/** What others conclude is no gerund of saying: `indicating that`. */
const gerunds = new Set(
  'say add warn argue claim insist state note tell explain allege assert stress admit concede acknowledge promise vow pledge announce declare caution reiterate recall boast lament complain reply'
    .split(' ')
    .map(gerundOf),
)

/** Verbs by which a paper tells something, though people do other things by them. */
const ofPapers = new Set(
  (
    'list lists name names rank ranks show shows shown record records trace traces link links put puts paint paints depict depicts detail details count counts cite cites read reads ' +
    'find finds found say says call calls speak speaks spoke identify identifies attribute attributes tally tallies document documents documented note notes register registers contain contains listed named ranked showed recorded traced ' +
    'linked painted depicted detailed counted cited called identified attributed tallied registered contained'
  ).split(' '),
)

/** Whether a form is a verb by which a paper tells something: `the survey shows`. */
export function isOfPapers(form: string): boolean {
  return ofPapers.has(form)
}

const candidates = new WordSet([...uses.keys(), ...gerunds, ...ofPapers, ...nounsOfSaying.split(' ')])
