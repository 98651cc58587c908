import { byWord } from './fact-words.ts'

/** The kinds of things that are counted. Which verbs tell of a thing depends on its kind. */
export type Kind =
  | 'missile'
  | 'drone'
  | 'aircraft'
  | 'bomb'
  | 'shell'
  | 'person'
  | 'troops'
  | 'home'
  | 'building'
  | 'equipment'

/** What a plural noun counts: its kind, and the word that stands for all nouns of one sort. */
export type Thing = { kind: Kind; unit: string }

/** The thing that a word names, `word` in lower case and `written` as it stands in the text. */
export function thingOf(word: string, written: string): Thing | undefined {
  return things.get(word) ?? (nationality.test(written) ? { kind: 'person', unit: 'people' } : weaponNamed(written))
}

/** The thing that the name of a weapon alone stands for: `five Shaheds`, `120 Iskanders`. */
export function weaponNamed(written: string): Thing | undefined {
  if (droneName.test(written)) return { kind: 'drone', unit: 'drones' }
  return missileName.test(written) ? { kind: 'missile', unit: 'missiles' } : undefined
}

const droneName = /^(?:Shahed|Geran|Gerbera|Lancet|Orlan|Mohajer|Bayraktar)(?:-\d+)?(?:\/\d+)?s?$/
const missileName = /^(?:Iskander|Kalibr|Kinzhal|Tomahawk|Onik|Zircon|Tochka|Kh-\d+)(?:-[MKU])?s?$/

/** People named by their country or town: `17 Palestinians`. */
const nationality = /^\p{Lu}\p{Ll}+(?:[aei]ns|[aiq]is|ese)$/u

const lists: [Kind, string, string][] = [
  ['missile', 'missiles', 'missile missiles rocket rockets projectile projectiles'],
  ['drone', 'drones', 'drone drones uav uavs uas shahed shaheds quadcopters fpvs'],
  ['aircraft', 'aircraft', 'aircraft warplane warplanes helicopter helicopters jet jets plane planes'],
  ['bomb', 'bombs', 'bomb bombs kabs'],
  ['shell', 'shells', 'shell shells munitions'],
  [
    'person',
    'people',
    'person people persons civilian civilians resident residents inhabitants citizen citizens others adults men man women woman victims ' +
      'employees employee workers worker staff staffers journalists journalist medics medic paramedics paramedic doctors nurses rescuers rescuer ' +
      'firefighters firefighter passengers passenger sailors sailor seafarers pedestrians drivers driver teachers locals villagers villager ' +
      'miners miner farmers farmer fishermen tourists pilgrims worshippers worshipers protesters protester demonstrators activists ' +
      'activist survivors patients patient engineers crew nationals foreigners volunteers aid-workers individuals members evacuees casualties ' +
      'servants lecturers specialists officials guards bystanders rohingya deportees students student pupils pupil shoppers',
  ],
  [
    'person',
    'children',
    'child children minors minor teenagers teenager infants infant babies baby toddlers boys girls boy girl schoolchildren schoolgirls schoolboys youths orphans kids',
  ],
  ['person', 'families', 'family families'],
  ['person', 'prisoners', 'prisoners prisoner pows detainees captives convicts inmates'],
  ['person', 'hostages', 'hostages hostage'],
  ['person', 'refugees', 'refugees refugee asylum-seekers seekers migrants migrant'],
  ['person', 'returnees', 'returnees'],
  ['person', 'displaced people', 'idps'],
  [
    'troops',
    'soldiers',
    'soldiers soldier troops servicemen servicewomen serviceman servicepeople personnel marines conscripts recruits reservists commandos ' +
      'airmen defenders contractors invaders occupiers',
  ],
  ['troops', 'police', 'policemen policeman police officers officer'],
  [
    'troops',
    'fighters',
    'fighters fighter militants militant gunmen rebels insurgents mercenaries terrorists operatives',
  ],
  ['home', 'homes', 'home homes house houses household households apartments flats dwellings shelters tents'],
  ['home', 'customers', 'customer customers consumers subscribers users'],
  ['home', 'settlements', 'settlements villages towns'],
  [
    'building',
    'buildings',
    'building buildings facility facilities substations substation hospitals hospital schools school bridges bridge warehouses warehouse ' +
      'churches mosques shops plants plant stations station refineries kindergartens clinics structures premises sites sheds blocks institutions ' +
      'objects installations enterprises factories depots pipelines transformers locomotives',
  ],
  ['building', 'power lines', 'lines'],
  [
    'equipment',
    'vehicles',
    'vehicles vehicle cars car trucks truck buses bus tanks tank ships ship vessels vessel boats boat systems system ' +
      'howitzers launchers launcher guns mortars trains wagons tankers interceptors ifvs apcs radars generators',
  ],
]

const things = byWord<Thing>(lists.map(([kind, unit, words]) => [{ kind, unit }, words]))
