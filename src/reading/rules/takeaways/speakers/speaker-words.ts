/** What a noun says of the one whom it names: whether that one can speak, and whether the noun is enough alone. */
export type SpeakerKind = 'office' | 'body' | 'person' | 'document'

/** The kind of a noun, in singular or plural, capital or not; undefined for nouns of things. */
export function speakerKind(word: string): SpeakerKind | undefined {
  const noun = word.toLowerCase().replace(/['’]s?$/, '')
  const last = noun.slice(noun.lastIndexOf('-') + 1)
  return kinds.get(last) ?? kinds.get(singularOf(last))
}

/** Whether a noun stands for several: `officials`, `police`, `spokesmen`. */
export function isPlural(word: string): boolean {
  return /(?:[^s]s|men|people|police|media|military)$/i.test(word)
}

function singularOf(noun: string): string {
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`
  if (noun.endsWith('men')) return `${noun.slice(0, -3)}man`
  return noun.replace(/(?<=ss|ch|sh)es$|s$/, '')
}

const offices =
  'minister president governor mayor premier chancellor ambassador envoy spokesman spokeswoman spokesperson prosecutor ombudsman commander ' +
  'general admiral colonel captain lieutenant major sergeant marshal brigadier bishop archbishop patriarch pope king queen prince chief head leader chair ' +
  'chairman chairwoman chairperson director secretary commissioner coordinator representative speaker senator deputy prefect vice adviser advisor counsellor ' +
  'inspector sheriff official negotiator mediator rapporteur rep manager ceo owner founder executive administrator superintendent treasurer delegate sultan emir'
const bodies =
  'ministry council office army navy force military police government parliament bank company agency board union operator service staff watchdog court party ' +
  'hospital university institute ngo charity mission embassy consulate group alliance bloc coalition regime administration authority commission committee ' +
  'department directorate corps brigade battalion division regiment unit command guard newspaper paper channel outlet broadcaster radio television tv website magazine ' +
  'media network presidency headquarters fund foundation organization organisation federation association society church team delegation side leadership ' +
  'opposition firm airline observatory clinic school congress senate assembly cabinet secretariat centre center bureau institution congregation intelligence ' +
  'district municipality junta militia cartel prosecution daily weekly press consortium utility provider cluster'
const persons =
  'resident witness analyst expert diplomat doctor nurse teacher farmer driver miner rescuer worker sailor soldier officer veteran fighter pilot trader ' +
  'shopkeeper neighbour neighbor survivor cousin brother sister mother father son daughter wife husband uncle aunt man woman people person refugee student professor ' +
  'scientist engineer researcher historian economist lawyer judge priest imam monk rabbi journalist reporter editor correspondent blogger milblogger activist ' +
  'campaigner volunteer observer monitor inspector investigator detective firefighter paramedic medic surgeon physician pathologist psychologist mp lawmaker ' +
  'legislator politician critic supporter protester villager fisherman businessman entrepreneur employee captive prisoner detainee patient guest guide ' +
  'author writer poet artist singer actor coach player parent relative colleague friend aide guerrilla rebel insurgent separatist partisan source family ' +
  'producer agent publicist attendee shopper tenant trucker commuter evacuee returnee migrant participant delegate ambassador trainer builder fisher herder grower trapper blogger businesswoman ally geologist seismologist meteorologist forecaster auditor banker broker electrician mechanic technician porter guardian elder chieftain ' +
  'archaeologist biologist climatologist hydrologist specialist planner consultant attorney advocate informant interlocutor insider'
const documents =
  'site website webpage report statement bulletin update communique communiqué letter memo study survey assessment poll release post briefing dispatch'

const kinds = new Map<string, SpeakerKind>(
  [
    ['document', documents] as const,
    ['person', persons] as const,
    ['body', bodies] as const,
    ['office', offices] as const,
  ].flatMap(([kind, nouns]) => nouns.split(' ').map((noun): [string, SpeakerKind] => [noun, kind])),
)

const set = (words: string): Set<string> => new Set(words.split(' '))

/** Small words that begin a noun phrase. */
export const determiners = set('the a an another this that these those its his her their our my')

/** Words that join a noun phrase to one that is a part of it. */
export const prepositions = set(
  'of for in at on from with near to by against into over under about between among across along inside outside within during via through behind amid despite',
)

/** Where a description begins that follows a noun without a comma. */
export const reducedClauses = set(
  'who which that whose whom familiar close briefed speaking reached interviewed contacted based working living responsible loyal',
)

/** Words that no speaker's name holds: finite verbs, pronouns, and words that begin a clause. */
export const neverInNames = set(
  'is are was were be been being has have had will would can could may might must should do does did not never no none nor ' +
    'he she it they we i you him them me us who which what that there here if because when while where whether how why but although though unless until ' +
    'after before since than so as then yet or according including such only',
)

/** Lower-case words that begin a name of several words at the start of a sentence: `Local officials`. */
export const modifiers = set(
  'various one two three four five six seven eight nine ten several some many most other both all few dozens local regional national federal senior former acting ' +
    'deputy independent state city aid rescue health medical military defence defense foreign interior energy prime western opposition prominent human social ' +
    'international humanitarian pro-government government police army hospital court border coast',
)

/** Forms of verbs of saying that no name holds. */
export const saidForms = set(
  'said says told reported announced warned claimed denied confirmed stated added wrote insisted urged argued explained declared estimated acknowledged cautioned vowed',
)

/** Days, months and words of time: they stand before a verb, and speak never. */
export const times = set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december ' +
    'sept oct nov dec morning evening night afternoon noon today yesterday tomorrow midnight week month year spring summer autumn winter',
)

/** Capital words that end names of places, laws and works, not of speakers. */
export const thingNames = set(
  'oblast raion river street road avenue square bridge dam lake sea island mountain convention conventions article constitution agreement treaty charter protocol ' +
    'act law code resolution plan war operation figure map table annex',
)

/**
 * Common words that stand in capitals at the start of a headline. Alone, they name nobody, as in `Death reported after
 * blast`.
 */
export const loneWords = set(
  'multiple unconfirmed new similar recent initial preliminary early various other further additional numerous latest death deaths source sources family families man woman people person body bodies blast blasts explosion explosions strike strikes attack attacks report ' +
    'reports data footage video photo photos image images study survey poll fire flood damage fighting shelling ceasefire truce deal talks casualties ' +
    'everyone nobody somebody anyone everybody others another nothing anything something evidence figures results research reality history nature god rumours rumors ' +
    'victims losses clashes arrests injuries curfew evacuation power aid drone drones missile missiles however meanwhile moreover yes no expert analyst witness ' +
    'neighbour neighbor mother father brother sister son daughter wife husband friend relative worker driver researcher study letter statement bulletin update post ' +
    'insider captive prisoner patient survivor resident soldier officer student teacher doctor nurse mp lawyer author writer',
)

/** Names that may stand alone before the colon of a headline; others might be places or labels. */
export const headlineNames = set(
  'zelensky zelenskyy zelenskiy putin lavrov peskov medvedev lukashenko erdogan macron scholz merz starmer netanyahu guterres biden trump rubio hegseth vance blinken ' +
    'rutte stoltenberg kallas borrell kuleba sybiha budanov syrskyi syrsky zaluzhny zaluzhnyi yermak shmyhal svyrydenko podolyak kadyrov prigozhin shoigu belousov gerasimov ' +
    'grossi kremlin pentagon un eu nato iaea unhcr ocha who icrc iom wfp unicef undp unesco fao msf hrw amnesty isw osce ukrenergo energoatom naftogaz gazprom reuters afp ap tass',
)
