/** What a noun says of the one whom it names: whether that one can speak, and whether the noun is enough alone. */
type SpeakerKind = 'office' | 'body' | 'person' | 'document' | 'thing'

/** The kind of a noun, in singular or plural, capital or not; undefined for nouns that are not known. */
export function speakerKind(word: string): SpeakerKind | undefined {
  const noun = word.toLowerCase().replace(/['’]s?$|\.$/, '')
  const last = noun.slice(noun.lastIndexOf('-') + 1)
  return kinds.get(last) ?? kinds.get(singularOf(last)) ?? (/^\p{Ll}/u.test(word) ? kindByEnding(last) : undefined)
}

/** Whether a noun names somebody who can speak, and no paper or thing. */
export function isSomebody(word: string): boolean {
  const kind = speakerKind(word)
  return kind === 'office' || kind === 'body' || kind === 'person'
}

/** Whether a noun is that of an office or of a person. */
export function isPersonOrOffice(word: string): boolean {
  const kind = speakerKind(word)
  return kind === 'office' || kind === 'person'
}

function singularOf(noun: string): string {
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`
  if (noun.endsWith('men')) return `${noun.slice(0, -3)}man`
  if (noun.endsWith('wives')) return `${noun.slice(0, -3)}fe`
  return noun.replace(/(?<=ss|ch|sh)es$|s$/, '')
}

/** The kind that the ending of an unknown noun tells: `hydrologist` is a person, `shortage` is a thing. */
function kindByEnding(noun: string): SpeakerKind | undefined {
  if (noun.length < 6) return undefined
  if (
    /(?:ologist|ist|ian|man|woman|person|eer|[^aeiou]er|[ct]or|folk|wright|smith|monger|master|keeper|maker)s?$/.test(
      noun,
    )
  )
    return 'person'
  return /(?:[ts]ion|ness|ment|ity|ing|ism|hood|age|ance|ence|ure|dom|ism)s?$/.test(noun) ? 'thing' : undefined
}

const offices =
  'minister president governor mayor premier chancellor ambassador envoy spokesman spokeswoman spokesperson prosecutor ombudsman ombudswoman commander ' +
  'general admiral colonel captain lieutenant major sergeant marshal brigadier corporal commodore bishop archbishop patriarch cardinal pope king queen prince princess chief head leader chair ' +
  'chairman chairwoman chairperson director secretary commissioner coordinator representative speaker senator deputy prefect vice adviser advisor counsellor councillor ' +
  'inspector sheriff official negotiator mediator rapporteur rep manager ceo cfo owner founder executive administrator superintendent treasurer delegate sultan emir ' +
  'governorate-head comptroller president-elect vice-president ex-president attache attaché consul legate nuncio mufti ayatollah rector dean provost principal headteacher headmaster ' +
  'harbourmaster warden registrar magistrate justice attorney-general solicitor-general undersecretary under-secretary figure strongman warlord ringleader hetman imam sheikh'
const bodies =
  'ministry council office army navy force military police government parliament bank company agency board union operator service staff watchdog court party ' +
  'hospital university institute ngo charity mission embassy consulate group alliance bloc coalition regime administration authority commission committee ' +
  'department directorate corps brigade battalion division regiment unit command guard newspaper paper channel outlet broadcaster radio television tv website magazine ' +
  'media network presidency headquarters fund foundation organization organisation federation confederation association society church team delegation side leadership ' +
  'opposition firm airline observatory clinic school congress senate assembly cabinet secretariat centre center bureau institution congregation intelligence ' +
  'district municipality junta militia cartel prosecution daily weekly press consortium utility provider cluster regulator branch panel faction syndicate chamber ' +
  'lobby desk station newsroom inspectorate registry insurer insurers taskforce legislature judiciary community diocese parish synod monastery mosque convent academy college ' +
  'laboratory lab think-tank tank thinktank programme initiative campaign front wing chapter cooperative co-operative guild league forum ' +
  'militants rebels fleet squadron garrison coastguard gendarmerie customs constabulary ambulance exchange treasury chancellery collective startup ' +
  'manufacturer producer supplier refinery railway railways carrier shipyard monopoly conglomerate hotline tribe clan diaspora electorate leadership supreme palace body newswire'
const persons =
  'resident witness eyewitness analyst expert diplomat doctor nurse teacher farmer driver miner rescuer worker sailor soldier officer veteran fighter pilot trader ' +
  'shopkeeper neighbour neighbor survivor cousin brother sister mother father son daughter wife husband uncle aunt man woman people person refugee student professor tutor ' +
  'scientist engineer researcher historian economist lawyer judge priest monk rabbi journalist reporter editor correspondent blogger milblogger activist ' +
  'campaigner volunteer observer monitor investigator detective firefighter paramedic medic surgeon physician pathologist psychologist mp mep lawmaker ' +
  'legislator politician critic supporter protester protestor villager fisherman businessman entrepreneur employee captive prisoner detainee patient guest guide ' +
  'author writer poet artist singer actor coach player parent relative colleague friend aide guerrilla rebel insurgent separatist partisan source family ' +
  'agent publicist attendee shopper tenant trucker commuter evacuee returnee migrant participant trainer builder fisher herder grower trapper businesswoman ally geologist seismologist meteorologist forecaster auditor banker broker electrician mechanic technician porter guardian elder chieftain ' +
  'archaeologist biologist climatologist hydrologist specialist planner consultant attorney advocate informant interlocutor insider ' +
  'scholar sociologist academic fellow tycoon magnate billionaire oligarch clerk baker butcher tailor carpenter barber vendor seller merchant peasant rancher shepherd ' +
  'midwife pharmacist dentist vet veterinarian nun pastor vicar deacon abbot cleric preacher theologian rebels militant commando conscript recruit deserter defector ' +
  'hostage victim widow widower orphan grandmother grandfather grandson granddaughter nephew niece sibling girl boy child youth teenager pensioner retiree ' +
  'passenger traveller traveler tourist pilgrim crew skipper mariner fishermen seafarer shipowner landowner homeowner boss foreman caretaker janitor cook chef waiter ' +
  'translator interpreter fixer photographer cameraman anchor presenter columnist commentator pundit pollster strategist propagandist whistleblower dissident exile opponent rival candidate contender lobbyist ' +
  'jurist barrister solicitor notary accountant economist statistician mathematician physicist chemist virologist epidemiologist ecologist oceanographer volcanologist glaciologist agronomist ' +
  'peacekeeper gunman smuggler trafficker hacker programmer developer designer architect musician filmmaker playwright novelist cyclist footballer athlete ' +
  'bystander passer-by passers-by onlooker local settler nomad islander townsman townspeople countryman compatriot counterpart successor predecessor ' +
  'skeptic sceptic optimist loyalist hardliner moderate nationalist separatist monarchist communist socialist liberal conservative democrat republican ' +
  'policeman policewoman constable trooper ranger gendarme infantryman gunner sapper sniper scout paratrooper marine airman spy operative handler mercenary ' +
  'practitioner responder counsel kin accused wounded displaced injured elderly others mourner beekeeper gardener hunter'
const documents =
  'site webpage report statement bulletin communique communiqué letter memo memorandum study assessment poll release post dispatch analysis ' +
  'inquiry investigation audit paper review brief research analysis census dossier whitepaper survey appeal note newsletter index factsheet yearbook tracker findings evaluation fax outlook'
const things =
  'sign text law note message email banner tweet notice order decree document file datum data map rule plan treaty rumour rumor headline caption poster article story book contract label ' +
  'update briefing draft list page voice video footage thing way day time year week month least same most rest toll number figure bio biography charge lawsuit complaint indictment affidavit verdict ' +
  'statute constitution bible quran koran scripture proverb saying legend tradition custom charter resolution accord agreement deal pact clause manual handbook schedule calendar agenda protocol code act bill ruling ' +
  'paper letter river water winter summer weather matter power quarter border corner tower bunker tanker shelter carrier cruiser helicopter launcher sector reactor factor tractor motor ' +
  'corridor computer order server counter meter disaster chapter register timber rubber copper silver sewer trailer container freezer generator transformer excavator radar sonar monitor indicator mirror error terror ' +
  'evidence fact photo photograph image picture record sample test result price cost share rate market inscription plaque clock wall flag leaflet flyer pamphlet brochure invoice receipt will testament log logbook diary ' +
  'strike attack raid fire flood quake earthquake storm drone missile shell bomb rocket blast explosion sound noise silence war battle fighting peace truce ceasefire offensive ' +
  'hope fear doubt concern worry suspicion expectation promise pledge warning claim allegation denial reply answer question criticism praise name title heading passage paragraph sentence word line editorial obituary film movie novel exhibition song poem painting episode trailer'

const kinds = new Map<string, SpeakerKind>(
  [
    ['thing', things] as const,
    ['document', documents] as const,
    ['person', persons] as const,
    ['body', bodies] as const,
    ['office', offices] as const,
  ].flatMap(([kind, nouns]) => nouns.split(' ').map((noun): [string, SpeakerKind] => [noun, kind])),
)

const set = (words: string): Set<string> => new Set(words.split(' '))

/** Lower-case words that begin a name of several words at the start of a sentence: `Local officials`. */
export const modifiers = set(
  'various one two three four five six seven eight nine ten several some many most other both all few dozens local regional national federal senior former acting ' +
    'deputy independent state city aid rescue health medical military defence defense foreign interior energy prime western opposition prominent human social ' +
    'international humanitarian pro-government government police army hospital court border coast retired rebel ruling provincial village camp harbour harbor security intelligence church union community tribal religious military-run',
)

/** Capital words that end names of places, laws and works, not of speakers. */
export const thingNames = set(
  'oblast raion river street road avenue square bridge dam lake sea island mountain convention conventions article constitution agreement treaty charter protocol ' +
    'act law code resolution plan war operation figure map table annex statute bible quran koran accords accord bill defence defense interior operations communications affairs',
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
    'insider captive prisoner patient survivor resident soldier officer student teacher doctor nurse mp lawyer author writer tests samples records photographs documents polls',
)

/** Names that may stand alone before the colon of a headline; others might be places or labels. */
export const headlineNames = set(
  'zelensky zelenskyy zelenskiy putin lavrov peskov medvedev lukashenko erdogan macron scholz merz starmer netanyahu guterres biden trump rubio hegseth vance blinken ' +
    'rutte stoltenberg kallas borrell kuleba sybiha budanov syrskyi syrsky zaluzhny zaluzhnyi yermak shmyhal svyrydenko podolyak kadyrov prigozhin shoigu belousov gerasimov ' +
    'grossi kremlin pentagon un eu nato iaea unhcr ocha who icrc iom wfp unicef undp unesco fao msf hrw amnesty isw osce ukrenergo energoatom naftogaz gazprom reuters afp ap tass ' +
    'khamenei modi xi maduro petro lula orban orbán tusk sisi mbs pezeshkian araghchi burhan hemedti hamas hezbollah houthis taliban idf imf wto opec asean ecowas oxfam fbi cia fsb sbu gur hur',
)
