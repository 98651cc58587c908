import type { Event } from './events.ts'
import { type EventLine, eventPatterns, type ThingLine, thingFinder } from './word-beginnings.ts'

/** What a clause in French or Spanish tells, by the beginnings of its words. */
const eventLines: EventLine[] = [
  [
    'darken',
    "sans (?:électricité|courant|lumière)|privée?s? (?:d[’']électricité|de courant)|sin (?:electricidad|luz|corriente|energía)",
  ],
  ['dry', "sans eau|privée?s? d[’']eau|sin agua"],
  [
    'reconnect',
    "reconnect|reconect|raccordé|rétabli\\p{L}* (?:le courant|l[’']électricité)|recuper\\p{L}* (?:la luz|la corriente)",
  ],
  ['miss', 'disparu|portée?s? disparu|desaparec'],
  ['trap', 'sous les décombres|enseveli|bajo los escombros|sepultad'],
  [
    'kill',
    'tuée?s?(?!\\p{L})|tuant|morts?(?!\\p{L})|mortes?(?!\\p{L})|mourir|décédé|perdu la vie|muert|murió|murieron|mat(?:ó|aron|ado|ando)|falleci|perdieron la vida',
  ],
  ['wound', 'bless|herid|lesionad'],
  ['evacuate', 'évacu|evacu'],
  [
    'displace',
    'fui(?!t(?:e|es))|fuir|fuyant|(?:ont|a) quitté|déplac|chass|huy|hui(?:d|r)|desplaz|abandon|dejaron sus|expuls',
  ],
  ['return', 'rentr|retourn|reven|regagn|regres|volvi|vuelto|retorn'],
  ['abduct', 'enlev|kidnapp|secuestr|raptad'],
  ['detain', 'arrêt|interpell|déten|deten|detuv|arrest|captur'],
  ['release', 'libér|relâch|liberad|liberó|liberaron|solt'],
  ['exchange', 'échang|canje|intercambi'],
  ['rescue', 'secouru|sauv[ée]|rescat(?!ista)'],
  ['down', 'abattu|abattre|intercept|derrib|neutralis|neutraliz'],
  ['damage', 'endommag|touchée?s?(?!\\p{L})|dañ|averi'],
  ['destroy', 'détrui|rasée?s?(?!\\p{L})|destru|arras|quemad|incendi|brûl'],
  ['launch', 'lanc[éea](?!-)|lanz|tir(?:é|er|ent|a)(?!\\p{L})|dispar|largu|attaqué|atac(?:ó|aron)'],
]

const thingLines: ThingLine[] = [
  ['drone', 'drones', 'drone|dron(?!t)|shahed|geran'],
  ['missile', 'missiles', 'missile|misil|roquette|cohete|fusée'],
  ['bomb', 'bombs', 'bombes?$|bombas?$'],
  ['shell', 'shells', 'obus|obús|proyectil'],
  ['aircraft', 'aircraft', 'avion|avión|hélicopt|helicóp'],
  ['person', 'children', 'enfant|mineurs?$|bébé|niñ[oa]|menor(?:es)?$|adolescent'],
  ['person', 'families', 'famil|foyers?$|ménage|hogares'],
  ['person', 'prisoners', 'prisonni|prisioner|presos?$'],
  ['person', 'hostages', 'otage|rehen|rehén'],
  ['person', 'refugees', 'réfugi|refugiad'],
  ['person', 'displaced people', 'déplacé|desplazad'],
  ['troops', 'soldiers', 'soldat|soldado|militaire|militar|combattant|combatiente'],
  ['troops', 'police', 'policier|policías?$|gendarme'],
  ['home', 'customers', 'abonné|abonad|client|usuari'],
  ['home', 'homes', 'maison|logement|appartement|casas?$|vivienda|apartamento|pisos?$'],
  ['home', 'settlements', 'village|localité|localidad|aldea|pueblo|vereda'],
  [
    'person',
    'people',
    'personne|persona|gens$|gente|civil|habitant|hommes?$|hombre|femme|mujer|morts?$|muert|blessé|herid|secouriste|rescatista|ouvrier|obrero|passager|pasajer|riverain|ribereñ|' +
      'manifestant|journaliste|periodista|employé|emplead|médecin|médic|victime|víctima|travailleur|trabajador|vecin[oa]',
  ],
  [
    'building',
    'buildings',
    'sous-station|subestacion|école|escuela|colegio|hôpita|hospital|usine|fábrica|immeuble|bâtiment|edificio|instal|ponts?$|puente|entrepôt|almacen|église|iglesia',
  ],
  [
    'equipment',
    'vehicles',
    'chars?$|tanques?$|blindé|blindado|véhicule|vehículo|camion|autobus|bus$|trains?$|tren(?:es)?$|wagon|vagon|navire|bateau|barco|buque|canons?$|lanceur|coches?$',
  ],
]

const events = eventPatterns(eventLines, '\\p{L}')

/** The event that the words of a clause tell first, unless it tells who lacks power or water; undefined where they tell none. */
export function romanceEventIn(clause: string): Event | undefined {
  const found = events.flatMap(({ event, words }) => {
    const at = clause.search(words)
    return at < 0 ? [] : [{ event, at }]
  })
  const lack = found.find(({ event }) => event === 'darken' || event === 'dry')
  return (lack ?? found.toSorted((a, b) => a.at - b.at)[0])?.event
}

/** The thing that the first known of these nouns behind a figure counts; undefined where none is known. */
export const romanceThingAt = thingFinder(thingLines, "(?:[dl][’'])?")
